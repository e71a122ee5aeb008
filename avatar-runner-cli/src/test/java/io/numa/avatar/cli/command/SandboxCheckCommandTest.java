package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.cli.sandbox.EscapeChecks;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCheckCommandTest {
  @TempDir Path folder;

  @Test
  void triesEachWayOutOfTheSandboxAndFindsThemAllHeld() throws Exception {
    Shell.Result result = check("{}", "--json");

    JsonNode all = new ObjectMapper().readTree(result.out());
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(all.path("holds").asBoolean()).isTrue();
    assertThat(all.at("/levels/agent/profile").asText()).isEqualTo("egress");
    assertThat(all.path("checks"))
        .hasSize(EscapeChecks.ALL.size())
        .noneMatch(one -> one.path("result").asText().equals("unknown"))
        .noneMatch(
            one -> one.path("promised").asBoolean() && one.path("result").asText().equals("open"));
    assertThat(folder.resolve("workspace")).doesNotExist();
  }

  @Test
  void triesEachSandboxOnceThatDiffers() throws Exception {
    Shell.Result result =
        check(
            "{sandbox: {profile: {run: off, test: isolated, agent: isolated},"
                + " minimum: {agent: off}}}");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.lines())
        .contains("sandbox of run: off", "Out of the sandbox of test:")
        .doesNotContain("Out of the sandbox of agent:", "Out of the sandbox of run:")
        .anyMatch(line -> line.matches("(ok|note) +files: reads the avatar's configuration: .*"))
        .anyMatch(line -> line.startsWith("The sandboxes hold what they promise: "));
  }

  private Shell.Result check(String configuration, Object... more) throws Exception {
    Path config = Files.writeString(folder.resolve("config.yaml"), configuration);
    Object[] arguments = new Object[more.length + 4];
    arguments[0] = "sandbox";
    arguments[1] = "check";
    arguments[2] = "--config";
    arguments[3] = config;
    System.arraycopy(more, 0, arguments, 4, more.length);
    return new Shell().run(arguments);
  }
}
