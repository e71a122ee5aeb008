package io.numa.avatar.cli.config;

import io.numa.avatar.document.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@code docs/configuration.md} from the table of keys. */
final class ReferencePage {
  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Made from the table of keys by ReferencePageTest; change it there. -->

      [中文](configuration.zh-CN.md)

      An avatar reads `config.yaml` in the working directory, or the file that `--config` names. This
      is enough to begin with:

      ```yaml
      %s```

      ## Where values come from

      Each value is taken from the first of these that has it:

      1. flags of the command line,
      2. the environment: `AVATAR_` and the key's path in upper case, with dots as two underscores,
         such as `AVATAR_BACKEND__API_TOKEN`,
      3. `config.local.yaml` beside the file,
      4. the file,
      5. the default.

      No file is needed if the environment has all required values. In the environment, lists are
      separated by commas or written as JSON; lists of mappings, such as `git.credentials`, are written as JSON. A variable
      that begins with `AVATAR_` and names no key is an error, unless a file refers to it; two are not looked at:
      `AVATAR_JAVA_OPTS`, which is for the start script, and `AVATAR_OPTS`.

      `config show` prints the effective values and their source; `config check` prints all errors;
      `config schema` prints a JSON Schema for editors.

      ## How values are written

      - **Durations** are numbers of seconds, or such as `500ms`, `90s`, `5m`, `2h`, `1d`.
      - **Paths** may begin with `~/`. A relative path in a file starts at the file's folder; in
        a flag or the environment, at the working directory. Defaults start at the folder of the file, if
        there is one.
      - **Variables**: text in a file may contain `${NAME}` or `${NAME:-default}`. The default applies if
        the variable is unset or empty; a variable that is not set and has no default is an error.
        `$${` stands for `${`. Values from the environment and from secret files are taken as they are.
      - **Secrets** are never shown. A key that ends in `_file` names a file that holds the secret in
        one line, as it is mounted by Docker or Kubernetes. Of a secret and its file, only one is
        given; given in the environment, either replaces both of a file.
      - A section may be empty. A YAML alias may stand for a single value, not for a list or section.

      Tokens and passwords travel over plain `http` only to loopback, or where `allow_insecure_http` is
      `true` beside them.

      ## Reading it again

      `avatar reload`, or SIGHUP, has a running avatar read the configuration again. From the next poll and the next task
      on, these keys and sections hold: %s, all but %s. The avatar names each key that has changed, and says which need a
      restart. A running task keeps the credentials of Git hosts that it began with; the backend's token is used at once.
      A configuration with errors changes nothing, nor does one that names a file for the first time, or takes a
      secret from a variable for the first time: only a restart keeps these from what tasks run.

      ## Keys
      """;

  private ReferencePage() {}

  static String english() {
    String sections =
        ConfigKeys.sections().entrySet().stream()
            .map(entry -> section(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return INTRODUCTION.formatted(
            Workbench.MINIMAL, codes(LiveKeys.all()), codes(LiveKeys.exceptions()))
        + sections
        + receivers();
  }

  private static String codes(List<String> keys) {
    return keys.stream().map(ReferencePage::code).collect(Collectors.joining(", "));
  }

  private static String section(String path, Shape.Component section) {
    String head = "\n### `" + path + "`\n\n" + section.key().value() + "\n";
    List<Shape.Component> keys =
        ConfigKeys.section(path).keys().stream().filter(key -> !ConfigKeys.isSection(key)).toList();
    if (keys.isEmpty()) {
      return head;
    }
    return head + table(keys) + entries(path);
  }

  private static String entries(String section) {
    return switch (section) {
      case "git" -> credentials();
      case "agents" -> agents();
      case "sandbox" -> sandbox();
      default -> "";
    };
  }

  private static String sandbox() {
    return """

        `sandbox.profile` is one word for all kinds of work, or has these keys:
        """
        + table(((Shape.Mapping) ConfigKeys.find("sandbox.profile").orElseThrow().shape()).keys())
        + """

        An entry of `sandbox.registries`:
        """
        + table(entry(ConfigKeys.find("sandbox.registries").orElseThrow()).keys())
        + """

        An entry of `sandbox.repositories`:
        """
        + table(entry(ConfigKeys.find("sandbox.repositories").orElseThrow()).keys())
        + """

        ```yaml
        sandbox:
          profile: {run: egress, test: offline, agent: egress}
          registries:
            - {kind: maven, url: "https://nexus.example.com/all", username: ci, password_file: /run/secrets/nexus}
          allow: [db.example.com:5432]
          caches: [~/.m2/repository]
          repositories:
            - {url: "https://git.example.com/legacy/*", profile: isolated, allow: [old.example.com:80]}
        ```
        """;
  }

  private static String agents() {
    Shape.Mapping agent = entry(ConfigKeys.find("agents.available").orElseThrow());
    Shape.Component prices = ConfigKeys.find("agents.prices").orElseThrow();
    return "\nAn entry of `agents.available` gives a preset, or a command of your own;"
        + " [agents.md](agents.md) has examples:\n"
        + table(agent.keys())
        + part(agent, "api")
        + part(agent, "permissions")
        + part(agent, "limits")
        + "\nA price in `agents.prices`:\n"
        + table(((Shape.Mapping) ((Shape.Entries) prices.shape()).value()).keys());
  }

  private static String part(Shape.Mapping agent, String name) {
    Shape.Component part = agent.find(name).orElseThrow();
    return "\nThe keys of an agent's `"
        + name
        + "`:\n"
        + table(((Shape.Mapping) part.shape()).keys());
  }

  private static String credentials() {
    return "\nAn entry of `git.credentials` gives a token, a password, an SSH key or an SSH agent, or"
        + " one for HTTP and one for SSH; [git-services.md](git-services.md) says what each service"
        + " wants:\n"
        + table(entry(ConfigKeys.find("git.credentials").orElseThrow()).keys())
        + """

        ```yaml
        git:
          credentials:
            - {host: github.com, token: "${GITHUB_TOKEN}"}
            - {host: git.example.com, username: bot, token_file: /run/secrets/git}
            - {host: ssh.example.com, ssh_key: ~/.ssh/id_ed25519, known_hosts: ~/.ssh/known_hosts}
        ```
        """;
  }

  private static String receivers() {
    Shape.Component receivers = ConfigKeys.find("notify").orElseThrow();
    return "\n### `notify`\n\n"
        + receivers.key().value()
        + " It is a list; [operate.md](operate.md#being-told) explains it.\n"
        + "\nAn entry of `notify`:\n"
        + table(entry(receivers).keys())
        + """

        ```yaml
        notify:
          - {url_file: /run/secrets/slack, template: slack}
          - {url_file: /run/secrets/robot, secret_file: /run/secrets/sign, template: dingtalk, on: [failed, budget]}
          - {command: [/usr/local/bin/page-me], on: [agent_login, denied]}
        ```
        """;
  }

  private static Shape.Mapping entry(Shape.Component list) {
    return (Shape.Mapping) ((Shape.Items) list.shape()).item();
  }

  private static String table(List<Shape.Component> keys) {
    return "\n| key | meaning | value | default |\n|---|---|---|---|\n"
        + keys.stream().map(ReferencePage::row).collect(Collectors.joining());
  }

  private static String row(Shape.Component key) {
    return "| `%s` | %s | %s%s | %s |\n"
        .formatted(
            key.name(),
            key.key().value(),
            cell(ConfigLanguage.expectation(key.shape())),
            isSecret(key.shape()) ? ", secret" : "",
            otherwise(key));
  }

  private static boolean isSecret(Shape shape) {
    if (shape instanceof Shape.Items items) {
      return isSecret(items.item());
    }
    if (shape instanceof Shape.Entries entries) {
      return isSecret(entries.value());
    }
    return shape instanceof Shape.Leaf leaf && leaf.kind().secret();
  }

  private static String otherwise(Shape.Component key) {
    if (key.sameAs().isPresent()) {
      return "that of `" + key.sameAs().get() + "`";
    }
    String fallback =
        key.fallback().filter(text -> !text.isEmpty()).map(ReferencePage::code).orElse("none");
    if (!key.isRequired()) {
      return fallback;
    }
    boolean ofEntry = ConfigLanguage.isOfEntry(key);
    return "**required**" + (ofEntry ? "" : " by `run` and `doctor`, elsewhere " + fallback);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
