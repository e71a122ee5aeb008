package io.numa.avatar.cli.command.common;

import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.EffectiveConfiguration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.config.value.Origin;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which every command finds its configuration. */
public final class ConfigOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration; config.yaml here, if there is one.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key, such as avatar.concurrency=2; may be repeated.")
  private Map<String, String> flags = new LinkedHashMap<>();

  /** Options that name a file and nothing else. */
  public static ConfigOptions of(Path file) {
    var options = new ConfigOptions();
    options.file = file;
    return options;
  }

  public EffectiveConfiguration load(Purpose purpose, Terminals terminals) {
    return ConfigLoader.load(file, flags, terminals.environment(), purpose);
  }

  /**
   * Loads the configuration; {@code defaults} replace the defaults of keys that no source gives.
   */
  public EffectiveConfiguration load(
      Purpose purpose, Terminals terminals, Map<String, String> otherDefaults) {
    EffectiveConfiguration given = load(purpose, terminals);
    Map<String, String> all = new LinkedHashMap<>(flags);
    otherDefaults.forEach(
        (key, value) -> {
          if (given.origins().get(key) instanceof Origin.Default) {
            all.put(key, value);
          }
        });
    return ConfigLoader.load(file, all, terminals.environment(), purpose);
  }

  /** Loads the configuration, with {@code values} in place of what its sources say. */
  public EffectiveConfiguration loadWith(
      Purpose purpose, Terminals terminals, Map<String, String> values) {
    Map<String, String> all = new LinkedHashMap<>(flags);
    all.putAll(values);
    return ConfigLoader.load(file, all, terminals.environment(), purpose);
  }
}
