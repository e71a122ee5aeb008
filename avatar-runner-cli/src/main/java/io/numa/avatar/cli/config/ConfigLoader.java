package io.numa.avatar.cli.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.cli.config.value.RawValue;
import io.numa.avatar.cli.config.value.RawValue.Entries;
import io.numa.avatar.cli.config.value.Reading;
import io.numa.avatar.cli.config.value.TextFile;
import io.numa.avatar.cli.config.value.UnacceptableException;
import io.numa.avatar.document.DocumentLanguage;
import io.numa.avatar.document.DocumentLanguage.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration. The command line overrides the environment, which overrides {@code
 * config.local.yaml} beside the file, which overrides the file, which overrides the defaults.
 */
public final class ConfigLoader {
  private static final Path DEFAULT_FILE = Path.of("config.yaml");
  private static final Path LOCAL_FILE = Path.of("config.local.yaml");
  private static final int MAX_BYTES = 1024 * 1024;

  private final Path workingDirectory;
  private final Map<String, String> environment;

  ConfigLoader(Path workingDirectory, Map<String, String> environment) {
    this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
    this.environment = Map.copyOf(environment);
  }

  /** Loads what {@link #load} needs, which a caller can do on another thread before it. */
  public static void prepare() {
    ConfigKeys.root();
    new YamlReader(line -> new Origin.Default(), new Problems()).read("{}");
  }

  /**
   * Reads the configuration, and remembers the source of each value.
   *
   * @param file must exist; when null, {@code config.yaml} in the working directory if it exists
   * @param flags values by the dotted paths of their keys, written as in the environment
   * @throws ConfigurationException if anything is wrong; it lists all problems
   */
  public static EffectiveConfiguration load(
      @Nullable Path file,
      Map<String, String> flags,
      Map<String, String> environment,
      Purpose purpose) {
    return new ConfigLoader(Path.of(""), environment).read(file, flags, purpose);
  }

  EffectiveConfiguration read(@Nullable Path file, Map<String, String> flags, Purpose purpose) {
    var problems = new Problems();
    Path named = file == null ? DEFAULT_FILE : file;
    Path base = workingDirectory.resolve(named).resolveSibling("");
    var tree = new ValueTree();
    var reading = new Reading(environment, base, workingDirectory, at -> tree.written(at).origin());
    DocumentLanguage<Configuration> language = ConfigLanguage.of(tree, reading);
    Optional<Layer> main =
        file == null && !exists(named) ? Optional.of(Layer.empty()) : readMain(named, problems);
    Optional<Layer> local = readLocal(named.resolveSibling(LOCAL_FILE), named, problems);
    Layer files = local.orElseGet(Layer::empty).over(main.orElseGet(Layer::empty));
    Layer overrides =
        TextLayers.flags(flags, problems)
            .over(TextLayers.environment(environment, files.variables(), problems));
    Layer all = overrides.over(files);

    boolean complete = main.isPresent() && local.isPresent();
    if (complete && purpose.demandsRequiredKeys()) {
      demandRequiredKeys(all, named, problems);
    }
    Map<String, RawValue> values = all.over(Layer.defaults(problems)).values();
    ObjectNode root = tree.fill(values, environment, purpose, problems);
    return effective(language.bind(root), tree, problems, reading.home());
  }

  private static EffectiveConfiguration effective(
      Result<Configuration> result, ValueTree tree, Problems problems, Path home) {
    result.problems().stream()
        .filter(problem -> !tree.hasFailed(problem.at()))
        .forEach(problem -> problems.add(problem, tree));
    Configuration configuration = result.value().orElseThrow();
    var values = new BoundValues(configuration, tree);
    new CrossChecks(configuration, values, problems, home).run();
    problems.throwIfAny(() -> configuration.avatar().stateDir());
    return new EffectiveConfiguration(configuration, values);
  }

  private Optional<Layer> readMain(Path file, Problems problems) {
    Optional<RawValue> root = readYaml(file, problems);
    if (root.filter(RawValue::isNothing).isPresent()) {
      problems.add(new Origin.InFile(file, 0), "", "is empty, expected at least " + requiredKeys());
      return Optional.empty();
    }
    return root.flatMap(value -> layer(value, problems));
  }

  /** Reads the file beside the main one. It may be missing or empty. */
  private Optional<Layer> readLocal(Path file, Path main, Problems problems) {
    if (file.equals(main) || !exists(file)) {
      return Optional.of(Layer.empty());
    }
    return readYaml(file, problems)
        .flatMap(root -> root.isNothing() ? Optional.of(Layer.empty()) : layer(root, problems));
  }

  private Optional<RawValue> readYaml(Path file, Problems problems) {
    try {
      String text = TextFile.read(workingDirectory.resolve(file), MAX_BYTES);
      return new YamlReader(line -> new Origin.InFile(file, line), problems).read(text);
    } catch (UnacceptableException e) {
      problems.add(new Origin.InFile(file, 0), "", e.reason());
      return Optional.empty();
    }
  }

  private static Optional<Layer> layer(RawValue root, Problems problems) {
    if (root instanceof Entries entries) {
      return Optional.of(Layer.of(entries, problems));
    }
    problems.add(
        root.origin(),
        "",
        root.shape() + ", expected sections: " + String.join(", ", ConfigKeys.root().names()));
    return Optional.empty();
  }

  private void demandRequiredKeys(Layer given, Path file, Problems problems) {
    boolean lacking = false;
    for (var entry : ConfigKeys.byPath().entrySet()) {
      String path = entry.getKey();
      boolean demanded = entry.getValue().isRequired() && !isSpared(path, given);
      if (demanded && !given.values().containsKey(path)) {
        lacking = true;
        Origin place = exists(file) ? new Origin.InFile(file, 0) : new Origin.Default();
        problems.add(
            given.sections().getOrDefault(ConfigKeys.sectionOf(path), place),
            path,
            "is missing, expected "
                + ConfigLanguage.expectation(entry.getValue().shape())
                + ", here or in "
                + ConfigKeys.variable(path));
      }
    }
    if (lacking && !exists(file)) {
      problems.add(
          new Origin.Default(),
          "",
          "there is no " + file + " in " + workingDirectory + "; name a file with --config");
    }
  }

  /** With whole tasks in the queue, there is no backend. */
  private static boolean isSpared(String path, Layer given) {
    return path.equals("backend.url")
        && given.values().containsKey("queue.url")
        && given.values().get("queue.mode") instanceof RawValue.Scalar mode
        && mode.text().equals("whole");
  }

  private static String requiredKeys() {
    return ConfigKeys.byPath().entrySet().stream()
        .filter(entry -> entry.getValue().isRequired())
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  private boolean exists(Path file) {
    return Files.exists(workingDirectory.resolve(file));
  }
}
