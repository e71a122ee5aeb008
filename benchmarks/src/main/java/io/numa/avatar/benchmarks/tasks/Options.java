package io.numa.avatar.benchmarks.tasks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of the benchmark.
 *
 * @param scripts the folder of the scripts that use native Git
 * @param work an existing folder for temporary files
 * @param plot the file for the diagram of the generated repositories; empty for none
 * @param heap the avatar's limit, in MiB
 * @param testkit whether to use the testkit's server although Apache is installed
 * @param extremes whether to also generate a long history and many refs
 * @param sizes the sizes of the repositories to generate, in files
 * @param repositories the bare repositories to measure, by the names to show
 */
record Options(
    Path scripts,
    Path work,
    Optional<Path> plot,
    Effort effort,
    int heap,
    boolean testkit,
    boolean extremes,
    List<Integer> sizes,
    Map<String, Path> repositories) {

  private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);

  /** Reads the arguments, which the README of this module describes. */
  static Options parse(List<String> arguments) {
    Path scripts = Path.of("native");
    Path work = Path.of(System.getProperty("java.io.tmpdir"));
    Optional<Path> plot = Optional.empty();
    Effort effort = Effort.FULL;
    int heap = 256;
    boolean testkit = false;
    boolean extremes = false;
    List<Integer> sizes = SIZES;
    Map<String, Path> repositories = new LinkedHashMap<>();
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      switch (argument) {
        case "-quick" -> {
          effort = Effort.QUICK;
          sizes = SIZES.subList(0, 2);
        }
        case "-testkit" -> testkit = true;
        case "-extremes" -> extremes = true;
        case "-scripts" -> scripts = Path.of(value(argument, rest));
        case "-work" -> work = Path.of(value(argument, rest));
        case "-plot" -> plot = Optional.of(Path.of(value(argument, rest)));
        case "-n" -> effort = effort.withRounds(Integer.parseInt(value(argument, rest)));
        case "-heap" -> heap = Integer.parseInt(value(argument, rest));
        case "-sizes" -> sizes = sizes(value(argument, rest));
        default -> repository(argument, repositories);
      }
    }
    return new Options(
        scripts, work, plot, effort, heap, testkit, extremes, List.copyOf(sizes), repositories);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("an option without a value: " + option);
    }
    return rest.next();
  }

  private static List<Integer> sizes(String text) {
    return text.equals("none")
        ? List.of()
        : new ArrayList<>(Arrays.stream(text.split(",")).map(Integer::valueOf).toList());
  }

  private static void repository(String argument, Map<String, Path> repositories) {
    int equals = argument.indexOf('=');
    if (equals < 1 || argument.startsWith("-")) {
      throw new IllegalArgumentException(
          "neither an option nor NAME=REPOSITORY.git: '" + argument + "'");
    }
    String name = argument.substring(0, equals);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
      throw new IllegalArgumentException("not a plain name: '" + name + "'");
    }
    repositories.put(name, Path.of(argument.substring(equals + 1)));
  }
}
