package io.numa.avatar.run.test;

import io.numa.avatar.task.TestReport.FailedTest;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells failures of tests from reports that a file of tests could not be loaded. Some tools report
 * the latter as a failed test, too.
 */
final class LoadFailures {
  private static final List<String> WORDS_OF_TOOLS =
      List.of(
          "[build failed]", // Go
          "[setup failed]",
          "collection failure", // pytest
          "_FailedTest", // unittest
          "Failed to import test module",
          "Test suite failed to run", // Jest
          "ERR_MODULE_NOT_FOUND", // Node.js
          "Cannot find module");

  /** What compilers and interpreters print before they give up. */
  private static final List<String> WORDS_OF_COMPILERS =
      List.of(
          "COMPILATION ERROR",
          "Compilation failed",
          "compilation failed",
          "cannot find symbol",
          "could not compile",
          "undefined reference",
          "undefined: ",
          "Build FAILED",
          "error TS",
          "error CS",
          "SyntaxError",
          "ImportError",
          "ModuleNotFoundError",
          "does not provide an export",
          "No rule to make target",
          "command not found");

  private LoadFailures() {}

  /** Whether the last lines of an output say that something could not be built or loaded. */
  static boolean areSaidIn(List<String> lines) {
    return lines.stream()
        .anyMatch(
            line ->
                Stream.concat(WORDS_OF_TOOLS.stream(), WORDS_OF_COMPILERS.stream())
                    .anyMatch(line::contains));
  }

  /**
   * Whether a failure says that one of these files could not be loaded.
   *
   * @param allRan whether no test is missing. Then a failure with the name of a file is that of a
   *     test, as some tools take each file for one test.
   */
  static boolean is(FailedTest failure, List<String> files, boolean allRan) {
    String said = failure.name() + "\n" + failure.message();
    return WORDS_OF_TOOLS.stream().anyMatch(said::contains)
        || (!allRan && files.stream().anyMatch(file -> isNamedAs(file, failure.name())));
  }

  /** Whether the name is the file's path, or that of its module, whole or from some folder on. */
  private static boolean isNamedAs(String file, String name) {
    int dot = file.lastIndexOf('.');
    String module = (dot > file.lastIndexOf('/') ? file.substring(0, dot) : file).replace('/', '.');
    return Stream.of(file, module)
        .anyMatch(
            known -> {
              char separator = known.equals(file) ? '/' : '.';
              return known.equals(name)
                  || name.endsWith(separator + known)
                  || known.endsWith(separator + name);
            });
  }
}
