#!/bin/sh
# Spring Framework 7.0.9, taken from the wheel of atoti-server 6.2.2: the handler that announces the end of a version writes the first
# nine days of a month with one digit. A date of HTTP has two (RFC 9110, section 5.6.7), and `Sunset` is one (RFC 8594, section 3).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3.12 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q atoti-server==6.2.2
. "$here/lib/spring_jars.sh"
cat > "$folder/Ask.java" <<'END'
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.ZonedDateTime;
import java.util.List;
import org.springframework.web.accept.SemanticApiVersionParser;
import org.springframework.web.accept.StandardApiVersionDeprecationHandler;

public class Ask {
    static <T> T standing(Class<T> type, InvocationHandler answer) {
        return type.cast(Proxy.newProxyInstance(Ask.class.getClassLoader(), new Class<?>[] {type}, answer));
    }

    public static void main(String[] arguments) {
        var version = new SemanticApiVersionParser().parseVersion("1.0");
        for (String day : List.of("2027-01-01", "2027-01-10")) {
            var handler = new StandardApiVersionDeprecationHandler();
            handler.configureVersion("1.0").setSunsetDate(ZonedDateTime.parse(day + "T00:00:00Z"));
            var request = standing(HttpServletRequest.class, (self, method, values) -> null);
            var response = standing(HttpServletResponse.class, (self, method, values) -> {
                if (method.getName().endsWith("Header")) System.out.println(values[0] + ": " + values[1]);
                return null;
            });
            handler.handleVersion(version, "", request, response);
        }
    }
}
END
cat > "$folder/expected" <<'END'
Sunset: Fri, 1 Jan 2027 00:00:00 GMT
Sunset: Sun, 10 Jan 2027 00:00:00 GMT
END
java -classpath "BOOT-INF/lib/*" "$folder/Ask.java" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
