package io.numa.avatar.run.change;

import io.numa.avatar.port.repository.ChangedFile;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells test files from others, by their paths. */
public final class TestFiles {
  /**
   * The patterns; {@code docs/detection.md} lists them. {@code *} stands for a part of a name,
   * {@code **} for any number of folders.
   */
  static final List<String> PATTERNS =
      List.of(
          // Folders of tests, in any language.
          "**/test/**",
          "**/tests/**",
          "**/__tests__/**",
          "**/spec/**",
          "**/e2e/**",
          "**/testdata/**",
          "**/__snapshots__/**",
          // Source sets of Maven and Gradle, targets of Xcode, and projects of .NET.
          "**/src/test*/**",
          "**/src/*Test/**",
          "**/*Tests/**",
          "**/*.Test/**",
          "**/*.Tests/**",
          // Files of tests.
          "**/*_test.*",
          "**/*_tests.*",
          "**/*_spec.*",
          "**/*.test.*",
          "**/*.spec.*",
          "**/*.cy.*",
          "**/test_*.*",
          "**/*Test.*",
          "**/*Tests.*",
          "**/*TestCase.*",
          "**/*IT.java",
          "**/*Spec.*",
          "**/*.bats",
          "**/t/*.t",
          "**/t/**/*.t",
          // Files that only configure how tests run.
          "**/conftest.py",
          "**/pytest.ini",
          "**/.pytest.ini",
          "**/tox.ini",
          "**/noxfile.py",
          "**/jest.config.*",
          "**/jest.setup.*",
          "**/vitest.config.*",
          "**/vitest.workspace.*",
          "**/.mocharc.*",
          "**/karma.conf.*",
          "**/playwright.config.*",
          "**/cypress.config.*",
          "**/phpunit.xml",
          "**/phpunit.xml.dist",
          "**/.rspec",
          "**/*.runsettings",
          "**/junit-platform.properties");

  /** Where the code that is tested lies, also in a package named {@code test}. */
  static final String MAIN = "**/src/main/**";

  private static final Pattern ANY =
      Pattern.compile(
          PATTERNS.stream().map(TestFiles::regex).collect(Collectors.joining("|", "(?:", ")")));

  private static final Pattern NONE = Pattern.compile(regex(MAIN));

  private TestFiles() {}

  /**
   * Whether a path names a test file.
   *
   * @param path its names separated by slashes, relative to the project's root
   */
  public static boolean is(String path) {
    return ANY.matcher(path).matches() && !NONE.matcher(path).matches();
  }

  /** The test files of the base commit that a change touches or deletes. */
  public static List<ChangedFile> ofBase(List<ChangedFile> changes) {
    return changes.stream().filter(file -> file.isOfBase() && is(file.path().value())).toList();
  }

  private static String regex(String pattern) {
    var regex = new StringBuilder();
    for (String part : pattern.split("(?<=/)", -1)) {
      String name = part.replace("/", "");
      boolean folder = part.endsWith("/");
      if (name.equals("**")) {
        regex.append(folder ? "(?:[^/]+/)*" : ".+");
      } else {
        regex.append(Pattern.quote(name).replace("*", "\\E[^/]*\\Q")).append(folder ? "/" : "");
      }
    }
    return regex.toString();
  }
}
