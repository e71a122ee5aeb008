package io.numa.avatar.cli.wiring;

import static io.numa.avatar.task.sandbox.SandboxProfile.EGRESS;
import static io.numa.avatar.task.sandbox.SandboxProfile.ISOLATED;
import static io.numa.avatar.task.sandbox.SandboxProfile.OFF;
import static io.numa.avatar.task.sandbox.SandboxProfile.OFFLINE;
import static io.numa.avatar.task.sandbox.SandboxProfile.PROCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.settings.RepositoryRule;
import io.numa.avatar.process.sandbox.settings.SandboxLimits;
import io.numa.avatar.process.sandbox.settings.SandboxSettings;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxModuleTest {
  @TempDir Path folder;

  @Test
  void handsOnWhatTheOperatorWants() throws IOException {
    SandboxSettings settings =
        settings(
            """
            sandbox:
              profile: {run: isolated, test: offline}
              minimum: {run: process}
              allow: [db.example.com:5432]
              tools: [/opt/node]
              caches: [~/.m2/repository]
              limits: {processes: 100, memory: 1GiB, tmp: 2GiB, tree: 3GiB, file: 4GiB, homes: 5GiB}
              repositories:
                - {url: "https://git.example.com/legacy/*", profile: process, allow: [old.example.com:80]}
            """);

    assertThat(settings.profiles())
        .isEqualTo(Map.of(WorkKind.RUN, ISOLATED, WorkKind.TEST, OFFLINE, WorkKind.AGENT, EGRESS));
    assertThat(settings.minimums())
        .isEqualTo(Map.of(WorkKind.RUN, PROCESS, WorkKind.TEST, OFF, WorkKind.AGENT, ISOLATED));
    assertThat(settings.allow()).containsExactly(new HostAndPort("db.example.com", 5432));
    assertThat(settings.folders().tools()).containsExactly(Path.of("/opt/node"));
    assertThat(settings.folders().caches()).containsExactly(Path.of("/home/me/.m2/repository"));
    assertThat(settings.limits())
        .isEqualTo(new SandboxLimits(100, 1L << 30, 2L << 30, 3L << 30, 4L << 30, 5L << 30));
    RepositoryRule rule = settings.repositories().get(0);
    assertThat(rule.profile()).contains(PROCESS);
    assertThat(rule.allow()).containsExactly(new HostAndPort("old.example.com", 80));
    assertThat(rule.matches())
        .accepts(RepositoryUrl.parse("https://git.example.com/legacy/a.git"))
        .rejects(RepositoryUrl.parse("https://git.example.com/new/a.git"));
  }

  @Test
  void asksForTheSameAsTheBuiltInDefaults() throws IOException {
    SandboxSettings settings = settings("sandbox: {limits: {memory: 4GiB}}");
    var builtIn = SandboxSettings.defaults(settings.folders());

    assertThat(settings.limits()).isEqualTo(builtIn.limits());
    for (WorkKind kind : WorkKind.values()) {
      assertThat(settings.profiles().get(kind))
          .isEqualTo(builtIn.profiles().getOrDefault(kind, EGRESS));
      assertThat(settings.minimums().get(kind))
          .isEqualTo(builtIn.minimums().getOrDefault(kind, OFF));
    }
  }

  @Test
  void hidesAllThatIsTheAvatarsOwn() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "t0ken");
    Files.writeString(folder.resolve("config.local.yaml"), "polling: {interval: 1}");

    SandboxSettings settings =
        settings(
            """
            avatar: {workspace: work, state_dir: state, log_dir: logs}
            logs: {file: own/avatar.log}
            git:
              credentials:
                - {host: git.example.com, token_file: token}
                - {host: ssh.example.com, ssh_key: keys/id}
            """);

    assertThat(settings.folders().hidden())
        .contains(
            folder.resolve("config.yaml"),
            folder.resolve("config.local.yaml"),
            folder.resolve("work"),
            folder.resolve("state"),
            folder.resolve("logs"),
            folder.resolve("own/avatar.log"),
            folder.resolve("keys/id"),
            token);
    assertThat(settings.folders().state()).isEqualTo(folder.resolve("work/sandboxes"));
    assertThat(settings.folders().home()).isEqualTo(Path.of("/home/me"));
  }

  private SandboxSettings settings(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), config);
    Map<String, String> environment = Map.of("HOME", "/home/me");
    EffectiveConfiguration known = ConfigLoader.load(file, Map.of(), environment, Purpose.SHOW);
    var setup =
        new Setup(
            known.configuration(),
            RunListener.NONE,
            Delivery.KEEP,
            OptionalInt.empty(),
            environment,
            Redactor.of(List.of()),
            known.files());
    return SandboxModule.settings(setup, SandboxModule.state(setup));
  }
}
