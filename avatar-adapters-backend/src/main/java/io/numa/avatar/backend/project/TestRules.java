package io.numa.avatar.backend.project;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules, the first that applies wins: wrappers come before installed tools, special rules
 * before general ones. The table in {@code docs/detection.md} has a row for each.
 *
 * <p>A tool that stops at its first failure is told to go on. Otherwise an old failure would hide a
 * new one.
 */
final class TestRules {
  /** Where builds and reports go, so that they are not mixed with the project's files. */
  private static final String PYTEST =
      "{pythonpath}python3 -m pytest --junitxml=.numa-tests/pytest.xml";

  private static final String CMAKE =
      "cmake -S . -B .numa-tests{options} && cmake --build .numa-tests --parallel 4"
          + " && ctest --test-dir .numa-tests --output-on-failure --output-junit ctest-junit.xml";

  private static final Pattern CMAKE_FILE =
      Pattern.compile("(.*/)?(CMakeLists\\.txt|[^/]*\\.cmake)");
  private static final Pattern CMAKE_TESTS =
      Pattern.compile(
          "^\\s*(enable_testing|add_test|\\w+_discover_tests)\\s*\\(|^\\s*include\\s*\\(\\s*CTest",
          CASE_INSENSITIVE);

  /** An option for tests that is off, or on only where the project is the top one. */
  private static final Pattern CMAKE_OPTION =
      Pattern.compile(
          "^\\s*option\\s*\\(\\s*\"?(\\w*(?:BUILD|ENABLE|WITH)\\w*TEST(?:S|ING)?|\\w*TEST(?:S|ING)?_(?:BUILD|ENABLED?))\"?"
              + "\\s+(?:\"[^\"]*\"\\s+)?OFF\\s*\\)",
          CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final Pattern MESON_FILE = Pattern.compile("(.*/)?meson\\.build");
  private static final Pattern MESON_TEST = Pattern.compile("^\\s*test\\s*\\(");
  private static final Pattern RAKE_TASK =
      Pattern.compile(
          "(Rake|Minitest)::TestTask|^\\s*task\\s*\\(?\\s*(:test\\b|['\"]test['\"]|test:)");
  private static final Pattern SPEC_FILE = Pattern.compile("spec/(.*/)?[^/]*_spec\\.rb");
  private static final Pattern PROVE_FILE = Pattern.compile("t/(.*/)?[^/]*\\.t");
  private static final Pattern SWIFT_TEST = Pattern.compile("Tests/.*\\.swift");

  static final List<TestRule> RULES =
      Stream.of(jvm(), node(), python(), others(), builds(), scripts())
          .flatMap(List::stream)
          .toList();

  /** Asked when neither the top folder nor a project below it has tests. */
  static final TestRule SCATTERED =
      rule("pytest", "test_*.py in a subfolder", TestRules::hasScatteredTests, PYTEST);

  private TestRules() {}

  private static TestRule rule(
      String ecosystem, String marker, Predicate<ProjectFolder> applies, String command) {
    return new TestRule(ecosystem, marker, applies, command);
  }

  private static List<TestRule> jvm() {
    return List.of(
        rule(
            "Maven",
            "mvnw and pom.xml",
            has("mvnw").and(has("pom.xml")),
            "{mvnw} -B -fae -Dgpg.skip verify"),
        rule("Maven", "pom.xml", has("pom.xml"), "mvn -B -fae -Dgpg.skip verify"),
        rule("Gradle", "gradlew", has("gradlew"), "{gradlew} test --continue"),
        rule("Gradle", "build.gradle", has("build.gradle"), "gradle test --continue"),
        rule("Gradle", "build.gradle.kts", has("build.gradle.kts"), "gradle test --continue"),
        rule("Gradle", "settings.gradle", has("settings.gradle"), "gradle test --continue"),
        rule("Gradle", "settings.gradle.kts", has("settings.gradle.kts"), "gradle test --continue"),
        rule("sbt", "build.sbt", has("build.sbt"), "sbt test"));
  }

  private static List<TestRule> node() {
    List<TestRule> rules = new ArrayList<>();
    for (NodeManager manager : NodeManager.values()) {
      rules.add(
          rule(
              manager.program(),
              "the script test in package.json",
              folder -> PackageJson.in(folder).hasTestScript() && NodeManager.of(folder) == manager,
              "{install}" + manager.test()));
    }
    for (NodeManager manager : NodeManager.values()) {
      rules.add(
          rule(
              manager.program(),
              "the scripts test of the workspace's members",
              folder ->
                  PackageJson.in(folder).hasTestedMember(folder)
                      && NodeManager.of(folder) == manager,
              "{install}" + manager.testMembers()));
    }
    return rules;
  }

  private static List<TestRule> python() {
    return List.of(
        rule("pytest", "pytest.ini", has("pytest.ini").or(has(".pytest.ini")), PYTEST),
        rule(
            "pytest",
            "[tool.pytest] in pyproject.toml",
            says("pyproject.toml", "[tool.pytest"),
            PYTEST),
        rule("pytest", "[tool:pytest] in setup.cfg", says("setup.cfg", "[tool:pytest]"), PYTEST),
        rule("tox", "tox.ini", says("tox.ini", "[tox]").or(says("tox.ini", "[testenv")), "tox"),
        rule("pytest", "[pytest] in tox.ini", says("tox.ini", "[pytest]"), PYTEST),
        rule("nox", "noxfile.py", has("noxfile.py"), "nox"),
        rule(
            "unittest",
            "tests that import unittest",
            folder -> new PythonProject(folder).usesUnittestOnly(),
            "{pythonpath}python3 -m unittest discover -v {unittests}"),
        rule(
            "pytest",
            "test_*.py in tests, or conftest.py",
            folder ->
                new PythonProject(folder).hasTestFiles()
                    || folder.hasAny("conftest.py", "tests/conftest.py", "test/conftest.py"),
            PYTEST));
  }

  private static List<TestRule> others() {
    return List.of(
        rule("Go", "go.work", has("go.work"), "go test -json $(go list -f '{{.Dir}}/...' -m)"),
        rule("Go", "go.mod", has("go.mod"), "go test -json ./..."),
        rule(
            "Cargo",
            "[workspace] in Cargo.toml",
            says("Cargo.toml", "[workspace]"),
            "cargo test --workspace --no-fail-fast"),
        rule("Cargo", "Cargo.toml", has("Cargo.toml"), "cargo test --no-fail-fast"),
        rule(
            ".NET",
            "a solution or project file",
            folder -> folder.hasLike("*.{sln,slnx,csproj,fsproj,vbproj}"),
            "dotnet test --logger trx --results-directory .numa-tests"),
        rule("Elixir", "mix.exs", has("mix.exs"), "mix test"),
        rule(
            "Swift",
            "Package.swift and Tests",
            has("Package.swift").and(folder -> folder.hasBelow(SWIFT_TEST)),
            "swift test"));
  }

  private static List<TestRule> builds() {
    return List.of(
        rule(
            "CMake",
            "CMakeLists.txt with tests",
            has("CMakeLists.txt").and(folder -> folder.says(CMAKE_FILE, CMAKE_TESTS)),
            CMAKE),
        rule(
            "Meson",
            "meson.build with tests",
            has("meson.build").and(folder -> folder.says(MESON_FILE, MESON_TEST)),
            "meson setup .numa-tests && meson test -C .numa-tests --print-errorlogs"),
        rule("RSpec", ".rspec", has(".rspec"), "{bundle}rspec"),
        rule("RSpec", "spec/*_spec.rb", folder -> folder.hasBelow(SPEC_FILE), "{bundle}rspec"),
        rule(
            "Rake",
            "the task test in Rakefile",
            folder -> folder.says("Rakefile", RAKE_TASK),
            "{bundle}rake test"),
        rule(
            "PHP",
            "the script test in composer.json",
            folder -> PackageJson.of(folder.text("composer.json")).hasTestScript(),
            "{composer}composer test"),
        rule(
            "PHP",
            "phpunit.xml and composer.json",
            folder ->
                folder.hasAny("phpunit.xml", "phpunit.xml.dist") && folder.has("composer.json"),
            "{composer}vendor/bin/phpunit --log-junit .numa-tests/phpunit.xml"),
        rule(
            "PHP",
            "phpunit.xml",
            folder -> folder.hasAny("phpunit.xml", "phpunit.xml.dist"),
            "phpunit --log-junit .numa-tests/phpunit.xml"));
  }

  private static List<TestRule> scripts() {
    return List.of(
        rule(
            "Make",
            "configure and a target check or test",
            folder -> configuredTarget(folder).isPresent(),
            "{configure} && make {check}"),
        rule(
            "Make",
            "a target test or check in the makefile",
            folder -> Makefile.in(folder).testTarget("test", "check").isPresent(),
            "make {target}"),
        rule(
            "Bats",
            "*.bats in test or tests",
            folder -> batsFolder(folder).isPresent(),
            "bats --formatter tap --recursive {bats}"),
        rule("Perl", "t/*.t", folder -> folder.hasBelow(PROVE_FILE), "prove -l -r -v t"));
  }

  private static Predicate<ProjectFolder> has(String file) {
    return folder -> folder.has(file);
  }

  private static Predicate<ProjectFolder> says(String file, String words) {
    return folder -> folder.says(file, words);
  }

  private static boolean hasScatteredTests(ProjectFolder folder) {
    return folder.hasBelow(PythonProject.TEST_FILE);
  }

  /** The options that turn the tests of a CMake project on. */
  static String cmakeOptions(ProjectFolder folder) {
    return CMAKE_OPTION
        .matcher(folder.text("CMakeLists.txt"))
        .results()
        .map(option -> " -D " + option.group(1) + "=ON")
        .distinct()
        .collect(Collectors.joining());
  }

  /** The target that runs the tests once the script {@code configure} has run. */
  static Optional<String> configuredTarget(ProjectFolder folder) {
    return folder.has("configure")
        ? new Makefile(folder.text("Makefile.in"))
            .testTarget("check", "test")
            .or(() -> Makefile.in(folder).testTarget("check", "test"))
        : Optional.empty();
  }

  static Optional<String> batsFolder(ProjectFolder folder) {
    return Stream.of("test", "tests")
        .filter(name -> folder.hasBelow(Pattern.compile(name + "/(.*/)?[^/]*\\.bats")))
        .findFirst();
  }
}
