# /// script
# dependencies = ["atoti-server==6.2.2"]
#
# [tool.world]
# title = "Spring"
# python = "3.12"
# release = "Spring Framework 7.0.9, Spring Boot 4.1.1"
#
# [tool.world.styles."a header"]
# header = "API-Version"
# oldest = "1.0"
# newest = "2.0"
# others = { unknown = "9.0", "before the first" = "0.1", removed = "" }
# preset = "spring"
#
# [tool.world.styles."a header, and an end to come"]
# header = "API-Version"
# oldest = "1.0"
# newest = "2.0"
# others = { unknown = "9.0", "before the first" = "0.1", removed = "" }
# preset = "spring"
# lives = { "1.0" = "deprecated = 2026-01-01\nsunset = 2099-01-01T00:00:00Z" }
#
# [tool.world.styles."a header, with a default version"]
# header = "API-Version"
# oldest = "1.0"
# newest = "2.0"
# others = { unknown = "9.0", "before the first" = "0.1", removed = "" }
# preset = "spring"
# policy = '''
# [versioning]
# missing = { default = "1.0" }
# '''
#
# [tool.world.styles."a header, problem details"]
# header = "API-Version"
# oldest = "1.0"
# newest = "2.0"
# others = { unknown = "9.0", "before the first" = "0.1", removed = "" }
# preset = "spring"
#
# [tool.world.styles."a parameter"]
# query = "version"
# oldest = "1.0"
# newest = "2.0"
# others = { unknown = "9.0", "before the first" = "0.1", removed = "" }
# preset = "spring"
# policy = '''
# [versioning]
# carriers = ["query"]
# '''
#
# [tool.world.styles."a parameter of Accept"]
# accept = "application/json;version={version}"
# oldest = "1.0"
# newest = "2.0"
# others = { unknown = "9.0", "before the first" = "0.1", removed = "" }
# preset = "spring"
# policy = '''
# [versioning]
# carriers = ["accept"]
# '''
#
# [tool.world.styles."the path"]
# path = "/{version}"
# oldest = "1.0"
# newest = "2.0"
# others = { unknown = "9.0", "before the first" = "0.1", removed = "" }
# preset = "spring"
# policy = '''
# [versioning]
# carriers = ["path"]
# '''
# ///
r"""Two versions of things in Spring Boot, with the strategies that Spring Framework has.

Spring's own index of packages is not needed: a wheel of Python's index has its libraries inside, as they are published. They are taken
out, and nothing else of that wheel runs. The compiler is the machine's: `javac` of Java 17 or later has to be there, and `java`.
"""

import importlib.metadata
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

SOURCE = """
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.ZonedDateTime;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.accept.StandardApiVersionDeprecationHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ApiVersionConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Things implements WebMvcConfigurer {
    static final String STYLE = System.getenv("STYLE");

    public static void main(String[] arguments) {
        var application = new SpringApplication(Things.class);
        application.setDefaultProperties(Map.of(
            "server.address", "127.0.0.1",
            "server.port", System.getenv("PORT"),
            "place", STYLE.equals("the path") ? "/{version}/things" : "/things",
            "spring.mvc.problemdetails.enabled", String.valueOf(STYLE.contains("problem")),
            "spring.jackson.deserialization.fail-on-missing-creator-properties", "true"));
        application.run(arguments);
    }

    @Override
    public void configureApiVersioning(ApiVersionConfigurer versions) {
        if (STYLE.startsWith("a header")) versions.useRequestHeader("API-Version");
        if (STYLE.equals("a parameter")) versions.useQueryParam("version");
        if (STYLE.equals("a parameter of Accept")) versions.useMediaTypeParameter(MediaType.APPLICATION_JSON, "version");
        if (STYLE.equals("the path")) versions.usePathSegment(0);
        if (STYLE.contains("default")) versions.setDefaultVersion("1.0");
        if (STYLE.contains("end")) {
            var handler = new StandardApiVersionDeprecationHandler();
            handler.configureVersion("1.0")
                .setDeprecationDate(ZonedDateTime.parse("2026-01-01T00:00:00Z"))
                .setSunsetDate(ZonedDateTime.parse("2099-01-01T00:00:00Z"));
            versions.setDeprecationHandler(handler);
        }
    }

    @Bean
    Controller controller() {
        return new Controller();
    }
}

record Thing(@JsonProperty(required = true) String name) {}

record Served(String served) {}

@RestController
class Controller {
    @GetMapping(path = "${place}", version = "1.0")
    Served first() {
        return new Served("1.0");
    }

    @GetMapping(path = "${place}", version = "2.0")
    Served second() {
        return new Served("2.0");
    }

    @PostMapping(path = "${place}", version = "1.0")
    @ResponseStatus(HttpStatus.CREATED)
    Served takenByFirst(@RequestBody Thing thing) {
        return new Served("1.0");
    }

    @PostMapping(path = "${place}", version = "2.0")
    @ResponseStatus(HttpStatus.CREATED)
    Served takenBySecond(@RequestBody Thing thing) {
        return new Served("2.0");
    }
}
"""
USED = re.compile(
    r"BOOT-INF/lib/(spring-(core|beans|context|aop|expression|web|webmvc|boot|boot-(autoconfigure|tomcat|web-server|servlet|webmvc|jackson|http-converter))"
    r"|tomcat-embed-(core|el)|jackson-(annotations|core|databind)|jakarta\.(servlet|annotation)-api|slf4j-api|logback-(core|classic)"
    r"|commons-logging|micrometer-(commons|observation)|jspecify|snakeyaml)-[0-9].*\.jar"
)

folder = Path("libraries")
if not folder.exists():
    wheel = importlib.metadata.distribution("atoti-server")
    whole = next(Path(str(file.locate())) for file in wheel.files or () if file.name == "server.jar")
    folder.mkdir()
    with zipfile.ZipFile(whole) as jar:
        for name in filter(USED.fullmatch, jar.namelist()):
            (folder / Path(name).name).write_bytes(jar.read(name))
    Path("Things.java").write_text(SOURCE, "utf-8")
    subprocess.run([shutil.which("javac") or "javac", "-classpath", "libraries/*", "Things.java"], check=True)
java = shutil.which("java") or "java"
os.execv(java, [java, "-classpath", "libraries/*:.", "-XX:TieredStopAtLevel=1", "Things"])  # noqa: S606  no shell is wanted
