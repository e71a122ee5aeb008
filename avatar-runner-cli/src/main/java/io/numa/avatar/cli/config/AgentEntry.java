package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Accepts;
import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.Accepts.Range;
import io.numa.avatar.cli.config.value.Accepts.Special;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Names;
import io.numa.avatar.document.Key.Noun;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.port.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A coding agent: an entry of {@code agents.available}.
 *
 * @param environment the values are secret only in that {@code config show} hides them
 */
@Noun("an agent: name, preset, …")
public record AgentEntry(
    @Key("A name of your own, by which tasks and steps ask for this agent.")
        @Required
        @Form(value = NAME, expected = A_NAME)
        String name,
    @Key("A known agent: its command line, safe switches and settings files.")
        @Form(value = PRESETS, expected = "one of " + PRESET_WORDS)
        Optional<String> preset,
    @Key("How to speak with it: `acp`, or `command` for one process per prompt. A preset knows.")
        @Form(value = "acp|command", expected = "acp or command")
        Optional<String> protocol,
    @Key(
            "Program and arguments, in place of the preset's. For `command`, `{prompt}`,"
                + " `{prompt_file}` and `{model}` are filled in; without the first two, the prompt"
                + " is the program's standard input.")
        @Default("")
        @Form(value = "[^\\x00-\\x1f\\x7f]{1,4096}", expected = "a line of text")
        List<String> command,
    @Key("The model, which the agent is told in the way that its preset knows.")
        @Form(value = MODEL, expected = A_MODEL)
        Optional<String> model,
    @Key("The model's host. With it, the agent never sees the key, and the avatar counts tokens.")
        @Nullable Api api,
    @Key("The models that the agent may use. Without any, `model` alone.")
        @Default("")
        @Form(value = MODEL, expected = A_MODEL)
        List<String> models,
    @Key("Variables for this agent alone. `config show` hides the values.")
        @Default("")
        @Names(value = VARIABLE, otherwise = NO_VARIABLE)
        @Accepts(Special.SECRET_TEXT)
        Map<String, Secret> environment,
    @Key("The same for secret values, which logs do not show, either.")
        @Default("")
        @Names(value = VARIABLE, otherwise = NO_VARIABLE)
        @Accepts(Special.SECRET_TEXT)
        Map<String, Secret> secrets,
    @Key("What the agent may not do.") @Default("") Permissions permissions,
    @Key("Whether the agent may load configuration, hooks and plugins out of the repository.")
        @Default("false")
        Boolean trustRepository,
    @Key("How many sessions of this agent run at the same time.")
        @Default("2")
        @Range(least = "1", most = "256")
        Integer concurrency,
    @Key("The limits of its work on a task.") @Default("") Limits limits) {

  /** The presets, in the form of a pattern. */
  public static final String PRESETS = "qwen|gemini|claude|codex|opencode|kimi|goose|openhands";

  static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  static final String A_NAME = "a name of letters, digits, '.', '_' and '-'";

  /** The presets, for people. */
  public static final String PRESET_WORDS =
      "qwen, gemini, claude, codex, opencode, kimi, goose, openhands";

  static final String MODEL = "[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}";
  static final String A_MODEL = "a model's name such as qwen3-coder-plus";
  static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]*";
  static final String NO_VARIABLE = "is not the name of an environment variable";

  /** The models whose answers a limit of the cost must know the price of, {@code model} first. */
  Set<String> pricedModels() {
    var priced = new LinkedHashSet<>(model.stream().toList());
    priced.addAll(models);
    return priced;
  }

  Stream<Secret> knownKey() {
    return Optional.ofNullable(api).flatMap(Api::knownKey).stream();
  }

  /** The host of an agent's model. */
  @Noun("an api: base_url, key, …")
  public record Api(
      @Key("Address of the model's API, as its provider documents it for this kind of client.")
          @Required
          URI baseUrl,
      @Key("Key for that API.") Optional<Secret> key,
      @Key("File that holds the key; the avatar reads it for each session.")
          Optional<SecretFile> keyFile,
      @Key(
              "Program that prints the key, and its arguments. The avatar runs it without a shell"
                  + " for each session.")
          @Nullable List<String> keyCommand,
      @Key("Whether the avatar may send the key over plain `http` to another machine.")
          @Default("false")
          Boolean allowInsecureHttp) {

    /** The source of the key, to be read for each session. */
    public Optional<TokenSource> keySource() {
      return key.<TokenSource>map(TokenSource.Given::new)
          .or(() -> keyFile.map(SecretFile::path).map(TokenSource.InFile::new))
          .or(() -> Optional.ofNullable(keyCommand).map(TokenSource.ByCommand::new));
    }

    /** The key as read when the configuration was loaded; empty if a command prints it. */
    Optional<Secret> knownKey() {
      return SecretFile.either(key, keyFile);
    }
  }

  /** What an agent may not do. */
  public record Permissions(
      @Key("Kinds of tools that are refused.")
          @Default("")
          @Form(
              value = "read|edit|delete|move|search|execute|think|fetch|other",
              expected = "one of read, edit, delete, move, search, execute, think, fetch, other")
          List<String> deny) {}

  /** The limits of an agent's work on a task. A task may lower them. */
  public record Limits(
      @Key("How long the agent may work, over all its turns.")
          @Default("30m")
          @Range(least = "100ms", most = "7d")
          Duration time,
      @Key("How long it may send nothing while no tool is open.")
          @Default("10m")
          @Range(least = "100ms", most = "7d")
          Duration silence,
      @Key("How long one open tool may show no sign of life of its processes.")
          @Default("60m")
          @Range(least = "100ms", most = "7d")
          Duration tool,
      @Key("How long it may take until it is ready.")
          @Default("90s")
          @Range(least = "100ms", most = "1h")
          Duration startup,
      @Key("How many answers of the model it may use; without `api`, rounds of tools.")
          @Default("100")
          @Range(least = "1", most = "1000000")
          Integer turns,
      @Key("How many tokens it may use; needs `api`.") @Range(least = "1", most = "2000000000")
          Optional<Integer> tokens,
      @Key("How much it may cost, in the currency of `agents.prices`; needs `api` and the prices.")
          Optional<BigDecimal> cost) {}
}
