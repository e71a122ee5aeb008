package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigurationTest {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = new Workbench(folder);
  }

  @Test
  void showsEveryValueWithItsOrigin() {
    bench
        .config(Workbench.MINIMAL)
        .file(
            "config.local.yaml",
            """
            git:
              credentials:
                - host: a.example.com
                  token: s3cret
                - {host: b.example.com, token_file: /dev/null/../token}
            avatar: {workspace: /w, state_dir: /s}
            """
                .replace("/dev/null/../token", folder.resolve("token").toString()))
        .file("token", "s3cret")
        .variable("AVATAR_AVATAR__LOG_DIR", "/l \"x\"")
        .variable("AVATAR_EXECUTION__SECRETS", "s3cret,s3cret-too")
        .flag("execution.environment", "CI,HOME");

    String yaml = bench.read(Purpose.RUN).toYaml().replace(folder.toString(), "/cfg");

    assertThat(withoutAlignment(yaml))
        .isEqualTo(
            """
            backend:
              url: "http://localhost:7301" # config.yaml:2
              api_token: "***" # config.yaml:3
              # api_token_file is not set
              allow_insecure_http: false # default
              api: "auto" # default
              # assigned_to is not set
              explain: "off" # default
            git:
              username: "your_git_username" # config.yaml:5
              email: "your_email@example.com" # config.yaml:6
              credentials:
                - host: "a.example.com" # config.local.yaml:3
                  token: "***" # config.local.yaml:4
                  ssh_agent: false # default
                  allow_insecure_http: false # default
                - host: "b.example.com" # config.local.yaml:5
                  token_file: "/cfg/token" # config.local.yaml:5
                  ssh_agent: false # default
                  allow_insecure_http: false # default
              timeout: 1m # default
              depth: 0 # default
              allow_default_branch: false # default
              parallel_index: true # default
              change_request: "none" # default
              change_request_labels: [] # default
              change_request_reviewers: [] # default
              follow_up:
                reviews: false # default
                checks: false # default
                attempts: 3 # default
                from: [] # default
                interval: 2m # default
              # signing_key is not set
              # signing_format is not set
              # signing_passphrase is not set
              # signing_passphrase_file is not set
              lfs: true # default
              submodules: false # default
              sparse: [] # default
              allowed_urls: ["https://*", "http://*", "ssh://*"] # default
              allowed_networks: [] # default
              # ca_file is not set
              # proxy is not set
              # proxy_username is not set
              # proxy_password is not set
              # proxy_password_file is not set
              no_proxy: [] # default
            avatar:
              id: "avatar_001" # config.yaml:8
              name: "Developer Avatar" # config.yaml:9
              workspace: "/w" # config.local.yaml:6
              state_dir: "/s" # config.local.yaml:6
              log_dir: "/l \\"x\\"" # environment AVATAR_AVATAR__LOG_DIR
              topic_name: "tasks" # default
              concurrency: 1 # default
            logs:
              format: "text" # default
              # file is not set
              max_size: 10MiB # default
              keep: 5 # default
            history:
              keep: 30d # default
              max_size: 2GiB # default
            polling:
              interval: 5s # config.yaml:11
              wait: 50s # default
            queue:
              # url is not set
              topic: "tasks" # default
              routes: ["plan", "prose"] # default
              stream: "NUMA_TASKS" # default
              replicas: 1 # default
              consumer: "avatars" # default
              ack_wait: 1m # default
              max_attempts: 5 # default
              expire_after: 0s # default
              limits:
                per_repository: 2 # default
              mode: "ids" # default
              # backend is not set
              # ca_file is not set
              # credentials_file is not set
              # token_file is not set
              # nkey_file is not set
              # username is not set
              # password_file is not set
            execution:
              step_timeout: 10m # default
              test_timeout: 30m # default
              test_baseline: false # default
              test_fail_on: "any" # default
              task_timeout: 2h # default
              stage_timeout: 2h # default
              stall_timeout: 20m # default
              max_attempts: 3 # default
              log_quota: 256MiB # default
              repairs: 2 # default
              test_dilution: "report" # default
              environment: ["CI", "HOME"] # flag
              secrets: ["***", "***"] # environment AVATAR_EXECUTION__SECRETS
            guard:
              protected_paths: [] # default
              max_files: 10000 # default
              max_file_size: 100MiB # default
              max_change_size: 1GiB # default
            workspace:
              keep_failed: 0s # default
              min_free: 512MiB # default
              keep_caches: false # default
              max_size: 20GiB # default
            cancellation:
              interval: 10s # default
            status:
              words:
                todo: "todo" # default
                in_progress: "in_progress" # default
                done: "done" # default
                failed: "failed" # default
                cancelled: "cancelled" # default
            shutdown:
              drain: 5m # default
            server:
              # listen is not set
              # token_file is not set
              hosts: [] # default
            telemetry:
              otlp:
                # url is not set
                headers: {} # default
                allow_insecure_http: false # default
            sandbox:
              profile: {run: "egress", test: "egress", agent: "egress"} # default
              minimum:
                run: "off" # default
                test: "off" # default
                agent: "isolated" # default
              registries: [{kind: "auto", allow_insecure_http: false}] # default
              allow: [] # default
              tools: [] # default
              caches: [] # default
              limits:
                processes: 512 # default
                # memory is not set
                tmp: 1GiB # default
                tree: 10GiB # default
                file: 2GiB # default
                homes: 20GiB # default
              repositories: [] # default
            agents:
              # default is not set
              available: [] # default
              # prompt_file is not set
              prices: {} # default
              budget:
                # day is not set
                # month is not set
              record: false # default
            review:
              # agent is not set
              # action is not set
            notify: [] # default
            """);
  }

  @Test
  void givesBackTheSameConfigurationWhenReadAgainButForSecrets() {
    bench.config(ConfigLoaderTest.EVERY_KEY).file("queue.password", "qu3ue\n");
    EffectiveConfiguration first = bench.read(Purpose.RUN);

    bench.config(first.toYaml());
    EffectiveConfiguration second = bench.read(Purpose.RUN);

    assertThat(withoutComments(second.toYaml())).isEqualTo(withoutComments(first.toYaml()));
    assertThat(second.configuration().avatar()).isEqualTo(first.configuration().avatar());
  }

  @Test
  void showsNoSecret() {
    bench.config(ConfigLoaderTest.EVERY_KEY).file("queue.password", "qu3ue\n");
    EffectiveConfiguration effective = bench.read(Purpose.RUN);

    assertThat(effective.configuration().secrets())
        .hasSize(14)
        .extracting(Secret::reveal)
        .allSatisfy(secret -> assertThat(effective.toYaml()).doesNotContain(secret))
        .allSatisfy(
            secret -> assertThat(effective.configuration().toString()).doesNotContain(secret));
  }

  @Test
  void knowsTheOriginOfEveryKeyThatHasAValue() {
    bench.config("avatar:\n  id: a1\n").flag("polling.wait", "0");

    assertThat(bench.read(Purpose.SHOW).origins())
        .containsEntry("avatar.id", new Origin.InFile(Path.of("config.yaml"), 2))
        .containsEntry("avatar.name", new Origin.Default())
        .containsEntry("polling.wait", new Origin.Flag())
        .doesNotContainKey("backend.url");
  }

  private static String withoutAlignment(String yaml) {
    return yaml.replaceAll("(?m)(?<=\\S) +# ", " # ");
  }

  private static String withoutComments(String yaml) {
    return yaml.lines()
        .map(line -> line.replaceAll(" +# .*", ""))
        .collect(Collectors.joining("\n"));
  }
}
