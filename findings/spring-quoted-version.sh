#!/bin/sh
# Spring Framework 7.0.9, taken from the wheel of atoti-server 6.2.2: a version in a parameter of `Accept` is read with its quotes, and
# then it is none. HTTP says that a quoted value is the same as a bare one (RFC 9110, section 5.6.6).
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
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.accept.MediaTypeParamApiVersionResolver;
import org.springframework.web.accept.SemanticApiVersionParser;

public class Ask {
    public static void main(String[] arguments) {
        var resolver = new MediaTypeParamApiVersionResolver(MediaType.APPLICATION_JSON, "version");
        for (String version : List.of("1.0", "\"1.0\"")) {
            var accept = Collections.enumeration(List.of("application/json;version=" + version));
            InvocationHandler answer = (self, method, values) -> method.getName().equals("getHeaders") ? accept : null;
            Class<?>[] types = {HttpServletRequest.class};
            var request = (HttpServletRequest) Proxy.newProxyInstance(Ask.class.getClassLoader(), types, answer);
            String read = resolver.resolveVersion(request);
            try {
                System.out.println(read + " is " + new SemanticApiVersionParser().parseVersion(read));
            } catch (RuntimeException error) {
                System.out.println(read + " is none");
            }
        }
    }
}
END
cat > "$folder/expected" <<'END'
1.0 is 1.0.0
"1.0" is none
END
java -classpath "BOOT-INF/lib/*" "$folder/Ask.java" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
