package io.numa.avatar.cli.ecosystems;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.testkit.registry.RegistryDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that know of no proxy reach the hosts that are allowed, by their names, and no others;
 * Git works in the tree.
 */
class CapturedNamesIT {
  private static final String GET =
      """
      import java.net.HttpURLConnection;
      import java.net.URL;

      class Get {
        public static void main(String[] urls) throws Exception {
          for (String url : urls) {
            var connection = (HttpURLConnection) new URL(url).openConnection();
            try {
              System.out.println("java " + new String(connection.getInputStream().readAllBytes()));
            } catch (java.io.IOException e) {
              System.out.println("java failed");
            }
          }
        }
      }
      """;

  /** Each program asks for what is allowed, and then for what is not. */
  private static final String ASK =
      """
      fetch() { # the program's name, and how it fetches
        name=$1; shift
        echo "$name $("$@" 2>/dev/null || echo failed)"
      }
      for url in http://api.example.com:PORT/hello http://API.Example.COM.:PORT/hello \\
          http://127.0.0.1:PORT/hello http://denied.example.com:PORT/hello \\
          http://192.0.2.7:PORT/hello http://127.0.0.1:OTHER/hello; do
        fetch curl curl -sSf -m 20 $url
        fetch python python3 -c 'import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())' $url
        fetch node node -e '
          require("http").get(process.argv[1], answer => answer.pipe(process.stdout))
            .on("error", () => process.exit(1))' $url
      done
      java -XX:TieredStopAtLevel=1 Get.java \\
        http://api.example.com:PORT/hello http://denied.example.com:PORT/hello
      fetch https node -e '
        require("https").get({host: "api.example.com", port: TLS, path: "/hello",
            rejectUnauthorized: false}, answer => answer.pipe(process.stdout))
          .on("error", () => process.exit(1))'
      fetch sni node -e '
        require("https").get({host: "api.example.com", port: TLS, path: "/hello",
            servername: "other.example.com", rejectUnauthorized: false},
            answer => answer.pipe(process.stdout))
          .on("error", () => process.exit(1))'
      """;

  private static final String GIT =
      """
      echo more >> Get.java
      git log --oneline | wc -l
      git diff --stat | grep -o 'Get.java.*'
      git blame -s Get.java | head -1 | grep -o '1) .*'
      git status --short
      """;

  private static final String CONTENT = "content";
  private static final Pattern EVENT = Pattern.compile("\\{\"time\".*");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private RegistryDouble server;
  private RegistryDouble other;

  @BeforeEach
  void start() throws IOException {
    server = RegistryDouble.start().put("/hello", "text/plain", CONTENT);
    other = RegistryDouble.start().put("/hello", "text/plain", CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  @Test
  void programsWithoutProxyVariablesReachWhatIsAllowedAndNothingElse() throws Exception {
    ExecWorld.require("curl", "python3", "node", "git");
    try (var tls = TlsServer.start(folder.resolve("tls.p12"), CONTENT);
        var world = new ExecWorld(folder, Map.of("Get.java", GET))) {
      // The avatar's Java finds names in this file alone, and hands the variable on to no step.
      Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 api.example.com\n");
      world.variable("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
      world.sandbox(
          filled(
              "{allow: [\"api.example.com:PORT\", \"127.0.0.1:PORT\", \"api.example.com:TLS\","
                  + " \"127.0.0.1:TLS\"]}",
              tls));

      List<JsonNode> events = events(world.carryOut(filled(ASK + GIT, tls), "--json"));
      String log =
          events.stream()
              .filter(event -> event.path("event").asText().equals("log"))
              .map(event -> event.path("text").asText())
              .collect(joining());
      List<String> printed = ExecWorld.printed(log);

      assertThat(printed)
          .filteredOn(line -> line.matches("(curl|python|node) .*"))
          .containsExactlyElementsOf(answersOfEachProgram());
      assertThat(printed).contains("https content", "sni failed");
      assertThat(printed).containsSubsequence("java content", "java failed");
      assertThat(printed).contains("1", "Get.java | 1 +", "1) import java.net.HttpURLConnection;");
      assertThat(printed).contains(" M Get.java");
      String denied = "denied.example.com:" + server.port();
      assertThat(log).contains(denied + " is not in sandbox.allow; add it there");
      assertThat(events.get(events.size() - 1).at("/sandbox/refused"))
          .extracting(host -> host.path("host").asText() + ":" + host.path("port").asText())
          .contains(denied, "other.example.com:" + tls.port());
      assertThat(other.requests()).isEmpty();
    }
  }

  /** The events; a remark on the standard error may be before one of them, in its line. */
  private static List<JsonNode> events(String console) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (MatchResult event : EVENT.matcher(console).results().toList()) {
      events.add(JSON.readTree(event.group()));
    }
    return events;
  }

  /** Of each address in turn: three spellings of what is allowed, and three that are not. */
  private static List<String> answersOfEachProgram() {
    return IntStream.range(0, 6)
        .mapToObj(i -> i < 3 ? CONTENT : "failed")
        .flatMap(answer -> Stream.of("curl ", "python ", "node ").map(name -> name + answer))
        .toList();
  }

  private String filled(String text, TlsServer tls) {
    return text.replace("PORT", "" + server.port())
        .replace("OTHER", "" + other.port())
        .replace("TLS", "" + tls.port());
  }
}
