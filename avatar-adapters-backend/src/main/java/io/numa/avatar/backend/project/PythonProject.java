package io.numa.avatar.backend.project;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows where a Python project keeps its packages and its tests. */
record PythonProject(ProjectFolder folder) {
  /** Test files by the names that pytest collects. */
  static final Pattern TEST_FILE = Pattern.compile("(.*/)?(test_[^/]*|[^/]*_test)\\.py");

  /** Folders of packages that build files need not name. */
  private static final List<String> SOURCE_FOLDERS = List.of("src", "lib", "python");

  private static final List<String> TEST_FOLDERS = List.of("tests", "test", "testing");
  private static final List<String> BUILD_FILES =
      List.of("pyproject.toml", "setup.cfg", "setup.py");

  /** What setuptools and Poetry call the folder of packages. */
  private static final Pattern NAMED_FOLDER =
      Pattern.compile(
          "(?:\\bwhere\\s*=\\s*\\[?\\s*|\\bfrom\\s*=\\s*|package[-_]dir\\s*=\\s*\\{\\s*['\"]{2}\\s*[:=]\\s*"
              + "|package_dir\\s*=\\s*\\n?\\s*=\\s*)['\"]?([A-Za-z0-9_][A-Za-z0-9_./-]*)");

  /** Compiled parts are not made by a run of the tests. */
  private static final Pattern COMPILED =
      Pattern.compile("maturin|mesonpy|scikit_build|setuptools_rust|ext[-_]modules|cythonize");

  /** What the operator may have set, behind a colon. */
  private static final String INHERITED = "${PYTHONPATH:+:$PYTHONPATH}";

  private static final Pattern USES_PYTEST = Pattern.compile("^\\s*(import|from) pytest");
  private static final Pattern USES_UNITTEST = Pattern.compile("^\\s*(import|from) unittest");

  /**
   * The assignment that lets Python import the packages of the tree, not an installed copy. Empty
   * if the packages lie directly in the folder, where Python looks first.
   */
  String path() {
    Set<String> folders = new LinkedHashSet<>();
    for (String file : BUILD_FILES) {
      Matcher named = NAMED_FOLDER.matcher(folder.text(file));
      while (named.find()) {
        folders.add(named.group(1).replaceAll("/+$", ""));
      }
    }
    folders.addAll(SOURCE_FOLDERS);
    String path =
        folders.stream()
            .filter(this::holdsPackages)
            .map(name -> "$PWD/" + name)
            .collect(Collectors.joining(":"));
    return path.isEmpty() ? "" : "PYTHONPATH=\"" + path + INHERITED + "\" ";
  }

  /** What a reader should know about the result, to follow the reason of the choice. */
  String caveat() {
    return Stream.of("pyproject.toml", "setup.py").anyMatch(file -> folder.says(file, COMPILED))
        ? "; parts that its setup compiles are not built, an installed copy of them may be tested"
        : "";
  }

  /** Whether test files lie in a folder for tests, or directly in the project's. */
  boolean hasTestFiles() {
    return testFiles().findAny().isPresent();
  }

  /** Whether the tests need nothing but Python. */
  boolean usesUnittestOnly() {
    List<String> files = testFiles().limit(200).toList();
    return files.stream().anyMatch(file -> folder.says(file, USES_UNITTEST))
        && files.stream().noneMatch(file -> folder.says(file, USES_PYTEST))
        && !folder.hasBelow(Pattern.compile("(.*/)?conftest\\.py"));
  }

  /** The folder in which unittest looks for tests, and its options. */
  String unittestFolder() {
    return TEST_FOLDERS.stream()
        .filter(name -> inFolder(name).findAny().isPresent())
        .findFirst()
        .map(name -> "-s " + name + (folder.has(name + "/__init__.py") ? " -t ." : ""))
        .orElse("-s .");
  }

  private Stream<String> testFiles() {
    return Stream.concat(
        TEST_FOLDERS.stream().flatMap(this::inFolder),
        folder.files(TEST_FILE).filter(file -> !file.contains("/")));
  }

  private Stream<String> inFolder(String name) {
    return folder.files(TEST_FILE).filter(file -> file.startsWith(name + "/"));
  }

  private boolean holdsPackages(String name) {
    return !name.contains("..")
        && folder.hasFolder(name)
        && !folder.has(name + "/__init__.py")
        && folder.hasBelow(Pattern.compile(Pattern.quote(name + "/") + "([^/]+/){0,2}[^/]+\\.py"));
  }
}
