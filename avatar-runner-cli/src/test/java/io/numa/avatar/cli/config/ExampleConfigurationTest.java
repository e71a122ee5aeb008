package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.config.notify.NotifyEntry;
import io.numa.avatar.document.Shape;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks {@code docs/config.example.yaml} against the table of keys. */
class ExampleConfigurationTest {
  private static final Path EXAMPLE = Path.of("..", "docs", "config.example.yaml");

  @TempDir Path folder;

  @Test
  void loadsAsItStands() throws IOException {
    Configuration read = read(Files.readString(EXAMPLE));

    assertThat(read.backend().token()).contains(new Secret("numa"));
    assertThat(read.git().credentials())
        .singleElement()
        .satisfies(
            credential -> {
              assertThat(credential.address()).isEqualTo("github.com");
              assertThat(credential.secret()).contains(new Secret("github"));
            });
    assertThat(read.avatar().id()).isEqualTo("avatar_001");
  }

  @Test
  void commentedDefaultsAreTheDefaults() throws IOException {
    String text = Files.readString(EXAMPLE);
    Configuration everything =
        read(
            text.replaceAll(
                    "(?m)^( *)# (allow_insecure_http|timeout|allowed_urls|no_proxy|\\w+_dir|workspace):",
                    "$1$2:")
                .replaceAll("(?m)^( *)# (topic_name|concurrency|wait):", "$1$2:")
                .replaceAll(
                    "(?m)^# ((logs|history|queue|execution|guard|cancellation|status|shutdown|server|sandbox|agents):)",
                    "$1")
                .replaceAll(
                    "(?m)^#   (?!file|listen|otlp|url|backend|ca_file|credentials_file|token_file|hosts|environment|secrets|protected_paths|default|prompt_file|prices|available|allow|tools|caches|repositories| )",
                    "  "));

    assertThat(everything).isEqualTo(read(text));
  }

  @Test
  void theAgentsCanBeTakenAsTheyStand() throws IOException {
    Files.writeString(folder.resolve("prompt.md"), "{task}");
    String text = Files.readString(EXAMPLE);
    int agents = text.indexOf("# agents:");

    Configuration read =
        new Workbench(folder)
            .config(text.substring(agents).replaceAll("(?m)^# ", ""))
            .variable("LLM_KEY", "k3y")
            .variable("NPM_TOKEN", "npm")
            .load();

    assertThat(read.agents().available())
        .extracting(AgentEntry::name)
        .containsExactly("qwen", "house", "aider");
  }

  @Test
  void theReceiversCanBeTakenAsTheyStand() throws IOException {
    String text = Files.readString(EXAMPLE);
    int receivers = text.indexOf("# notify:");

    Configuration read =
        new Workbench(folder)
            .config(
                text.substring(receivers, text.indexOf("\n\n", receivers))
                    .replaceAll("(?m)^# ", ""))
            .variable("SLACK_HOOK", "https://hooks.slack.com/services/T/B/x")
            .load();

    assertThat(read.receivers())
        .extracting(NotifyEntry::words)
        .containsExactly("slack at hooks.slack.com", "the command '/usr/local/bin/page-me'");
  }

  @Test
  void theSandboxCanBeTakenAsItStands() throws IOException {
    String text = Files.readString(EXAMPLE);
    int sandbox = text.indexOf("# sandbox:");

    Configuration read =
        new Workbench(folder)
            .config(
                text.substring(sandbox, text.indexOf("\n\n", sandbox)).replaceAll("(?m)^# ", ""))
            .load();

    assertThat(read.sandbox().allow()).containsExactly(new HostAndPort("db.example.com", 5432));
    assertThat(read.sandbox().repositories()).hasSize(1);
  }

  @Test
  void showsEveryKey() throws IOException {
    String text = Files.readString(EXAMPLE);

    assertThat(ConfigKeys.byPath().keySet())
        .allSatisfy(path -> assertThat(text).contains(path.replaceFirst(".*\\.", "")));
    assertThat(ConfigKeys.find("agents.available").orElseThrow().shape().inner(""))
        .hasValueSatisfying(entry -> showsEveryKeyOf((Shape.Mapping) entry, text));
    assertThat(ConfigKeys.find("notify").orElseThrow().shape().inner(""))
        .hasValueSatisfying(entry -> showsEveryKeyOf((Shape.Mapping) entry, text));
  }

  private static void showsEveryKeyOf(Shape.Mapping mapping, String text) {
    for (Shape.Component key : mapping.keys()) {
      assertThat(text).contains(key.name());
      if (key.shape() instanceof Shape.Mapping inner) {
        showsEveryKeyOf(inner, text);
      }
    }
  }

  private Configuration read(String text) {
    return new Workbench(folder)
        .config(text)
        .variable("NUMA_TOKEN", "numa")
        .variable("GITHUB_TOKEN", "github")
        .read(Purpose.RUN)
        .configuration();
  }
}
