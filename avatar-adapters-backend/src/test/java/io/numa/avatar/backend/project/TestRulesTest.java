package io.numa.avatar.backend.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.plan.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the table, with projects to which it applies, and with near misses. */
class TestRulesTest {
  private static final String PYTEST = "python3 -m pytest --junitxml=.numa-tests/pytest.xml";
  private static final String CMAKE =
      "cmake -S . -B .numa-tests%s && cmake --build .numa-tests --parallel 4"
          + " && ctest --test-dir .numa-tests --output-on-failure --output-junit ctest-junit.xml";
  private static final String TESTED = "{\"scripts\": {\"test\": \"jest\"}}";

  @TempDir Path root;

  static Stream<Arguments> projects() {
    return Stream.of(jvm(), node(), python(), others(), compiled(), scripts()).flatMap(all -> all);
  }

  private static Stream<Arguments> jvm() {
    return Stream.of(
        project(
            "mvnw and pom.xml", "sh ./mvnw -B -fae -Dgpg.skip verify", "pom.xml", "", "mvnw", ""),
        project("pom.xml", "mvn -B -fae -Dgpg.skip verify", "pom.xml", ""),
        project("gradlew", "sh ./gradlew test --continue", "gradlew", ""),
        project("build.gradle", "gradle test --continue", "build.gradle", ""),
        project("build.gradle.kts", "gradle test --continue", "build.gradle.kts", ""),
        project("settings.gradle", "gradle test --continue", "settings.gradle", ""),
        project("settings.gradle.kts", "gradle test --continue", "settings.gradle.kts", ""),
        project("build.sbt", "sbt test", "build.sbt", ""));
  }

  private static Stream<Arguments> node() {
    var script = "the script test in package.json";
    var members = "the scripts test of the workspace's members";
    return Stream.of(
        project(script, "npm test", "package.json", TESTED),
        project(script, "yarn test", "package.json", TESTED, "yarn.lock", ""),
        project(script, "bun run test", "package.json", TESTED, "bun.lock", ""),
        project(script, "pnpm test", "package.json", TESTED, "pnpm-lock.yaml", ""),
        project(
            script,
            "pnpm test",
            "package.json",
            "{\"packageManager\": \"pnpm@9.1.0\", \"scripts\": {\"test\": \"x\"}}",
            "package-lock.json",
            "{}"),
        project(
            members,
            "pnpm install --frozen-lockfile && pnpm --recursive --no-bail test",
            "package.json",
            "{}",
            "pnpm-workspace.yaml",
            "packages: ['packages/*']\n",
            "pnpm-lock.yaml",
            "",
            "packages/a/package.json",
            TESTED),
        project(
            members,
            "npm install && npm test --workspaces --if-present",
            "package.json",
            "{\"workspaces\": [\"a\"]}",
            "a/package.json",
            TESTED),
        project(
            members,
            "yarn install && npm test --workspaces --if-present",
            "package.json",
            "{\"workspaces\": {\"packages\": [\"a\"]}}",
            "yarn.lock",
            "",
            "a/package.json",
            TESTED),
        project(
            members,
            "bun install && bun run --filter '*' test",
            "package.json",
            "{\"workspaces\": [\"a\"], \"packageManager\": \"bun@1.1.0\"}",
            "a/package.json",
            TESTED));
  }

  private static Stream<Arguments> python() {
    var files = "test_*.py in tests, or conftest.py";
    return Stream.of(
        project("pytest.ini", PYTEST, "pytest.ini", ""),
        project("pytest.ini", PYTEST, ".pytest.ini", ""),
        project(
            "[tool.pytest] in pyproject.toml",
            PYTEST,
            "pyproject.toml",
            "[tool.pytest.ini_options]\n"),
        project("[tool:pytest] in setup.cfg", PYTEST, "setup.cfg", "[tool:pytest]\n"),
        project("tox.ini", "tox", "tox.ini", "[testenv]\n"),
        project("[pytest] in tox.ini", PYTEST, "tox.ini", "[pytest]\n"),
        project("noxfile.py", "nox", "noxfile.py", ""),
        project(files, PYTEST, "tests/unit/test_shop.py", ""),
        project(files, PYTEST, "test/shop_test.py", ""),
        project(files, PYTEST, "test_shop.py", ""),
        project(files, PYTEST, "conftest.py", ""),
        project(
            "tests that import unittest",
            "python3 -m unittest discover -v -s tests -t .",
            "tests/test_shop.py",
            "import unittest\n",
            "tests/__init__.py",
            ""),
        project(
            "tests that import unittest",
            "python3 -m unittest discover -v -s .",
            "test_shop.py",
            "from unittest import TestCase\n"),
        project(files, PYTEST, "test_shop.py", "import unittest\nimport pytest\n"),
        project(
            "test_*.py in a subfolder",
            PYTEST,
            "shop/basket/test_basket.py",
            "def test_adds(): pass\n"));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        project("go.work", "go test -json $(go list -f '{{.Dir}}/...' -m)", "go.work", "use ./a\n"),
        project("go.mod", "go test -json ./...", "go.mod", ""),
        project(
            "[workspace] in Cargo.toml",
            "cargo test --workspace --no-fail-fast",
            "Cargo.toml",
            "[workspace]\n"),
        project("Cargo.toml", "cargo test --no-fail-fast", "Cargo.toml", "[package]\n"),
        project(
            "a solution or project file",
            "dotnet test --logger trx --results-directory .numa-tests",
            "Shop.sln",
            ""),
        project("mix.exs", "mix test", "mix.exs", ""),
        project(
            "Package.swift and Tests",
            "swift test",
            "Package.swift",
            "",
            "Tests/A/ATests.swift",
            ""));
  }

  private static Stream<Arguments> compiled() {
    var cmake = "CMakeLists.txt with tests";
    var meson = "meson setup .numa-tests && meson test -C .numa-tests --print-errorlogs";
    return Stream.of(
        project(cmake, CMAKE.formatted(""), "CMakeLists.txt", "project(a)\nENABLE_TESTING()\n"),
        project(
            cmake,
            CMAKE.formatted(""),
            "CMakeLists.txt",
            "include(cmake/tests.cmake)\n",
            "cmake/tests.cmake",
            "  include( CTest )\n"),
        project(
            cmake,
            CMAKE.formatted(" -D SHOP_BUILD_TESTS=ON"),
            "CMakeLists.txt",
            """
            option(SHOP_BUILD_TESTS "Build the tests" OFF)
            option(LATEST "x" OFF)
            if(SHOP_BUILD_TESTS)
              enable_testing()
            endif()
            """),
        project(
            "meson.build with tests",
            meson,
            "meson.build",
            "project('a', 'c')\nsubdir('test')\n",
            "test/meson.build",
            "test('adds', executable('t', 't.c'))\n"),
        project(".rspec", "rspec", ".rspec", ""),
        project("spec/*_spec.rb", "bundle exec rspec", "spec/a/b_spec.rb", "", "Gemfile", ""),
        project(
            "the task test in Rakefile", "rake test", "Rakefile", "Rake::TestTask.new do |t|\n"),
        project(
            "the script test in composer.json",
            "composer install --no-interaction && composer test",
            "composer.json",
            "{\"scripts\": {\"test\": \"phpunit\"}}"),
        project(
            "phpunit.xml and composer.json",
            "vendor/bin/phpunit --log-junit .numa-tests/phpunit.xml",
            "composer.json",
            "{}",
            "phpunit.xml.dist",
            "",
            "vendor/autoload.php",
            ""),
        project("phpunit.xml", "phpunit --log-junit .numa-tests/phpunit.xml", "phpunit.xml", ""));
  }

  private static Stream<Arguments> scripts() {
    var configured = "configure and a target check or test";
    var made = "a target test or check in the makefile";
    return Stream.of(
        project(
            configured,
            "sh ./configure && make check",
            "configure",
            "",
            "Makefile.in",
            "check: check-am\n"),
        project(
            configured, "sh ./configure && make test", "configure", "", "Makefile", "test: a\n"),
        project(made, "make test", "Makefile", "test: all\n\t./t\n"),
        project(made, "make check", "GNUmakefile", "check:\n\t./t\n"),
        project(made, "make check", "Makefile", "test:\n\t./shop --version\ncheck: ; sh run.sh\n"),
        project(
            "*.bats in test or tests", "bats --formatter tap --recursive test", "test/a.bats", ""),
        project("t/*.t", "prove -l -r -v t", "t/basic.t", ""));
  }

  private static Arguments project(String marker, String command, String... files) {
    var texts = new TreeMap<String, String>();
    for (int i = 0; i < files.length; i += 2) {
      texts.put(files[i], files[i + 1]);
    }
    return arguments(marker, command, texts);
  }

  @ParameterizedTest
  @MethodSource("projects")
  void tellsTheCommandAndTheReason(String marker, String command, Map<String, String> files)
      throws IOException {
    write(files);

    var detected = new BuildFileTestDetection().detect(root, List.of());

    assertThat(detected.sentence()).isEqualTo("Tests: `" + command + "`, because of " + marker);
  }

  @Test
  void haveAProjectEach() {
    List<String> tried = projects().map(project -> (String) project.get()[0]).toList();

    assertThat(tried)
        .containsAll(TestRules.RULES.stream().map(TestRule::marker).toList())
        .contains(TestRules.SCATTERED.marker());
  }

  static Stream<Arguments> projectsWithoutTests() {
    return Stream.of(
        arguments("package.json has no script test that tests", script("exit 1")),
        arguments("package.json has no script test that tests", script("echo 'none; yet' || true")),
        arguments("package.json has no script test that tests", script("printf none && false")),
        arguments(
            "package.json has no script test that tests",
            Map.of("package.json", "{\"workspaces\": [\"a\"]}", "a/package.json", "{}")),
        arguments("CMakeLists.txt declares no tests", Map.of("CMakeLists.txt", "# add_test()\n")),
        arguments("meson.build declares no tests", Map.of("meson.build", "# test('a')\n")),
        arguments("the makefile's target only shows something", make("@echo no tests")),
        arguments("the makefile's target only shows something", make("-src/lua -v")),
        arguments("the makefile's target only shows something", make("./demo input.txt")),
        arguments("the makefile's target only shows something", make("./shop \\\n\t--help")),
        arguments(
            "configure has not been made from configure.ac",
            Map.of("configure.ac", "", "Makefile.am", "TESTS = a\n")));
  }

  /** Public reports of {@code make test} in a project whose target only starts a demo. */
  @ParameterizedTest
  @MethodSource("projectsWithoutTests")
  void tellWhatIsNoTest(String hint, Map<String, String> files) throws IOException {
    write(files);

    var detected = new BuildFileTestDetection().detect(root, List.of());

    assertThat(detected.command()).isEmpty();
    assertThat(detected.sentence())
        .startsWith("No tests found: looked for Maven, Gradle, ")
        .endsWith("; " + hint + "; set test.command");
  }

  static Stream<Arguments> sourceFolders() {
    return Stream.of(
        arguments("", Map.of("shop/__init__.py", "")),
        arguments(
            "PYTHONPATH=\"$PWD/src${PYTHONPATH:+:$PYTHONPATH}\" ",
            Map.of("src/shop/__init__.py", "")),
        arguments("PYTHONPATH=\"$PWD/src${PYTHONPATH:+:$PYTHONPATH}\" ", Map.of("src/shop.py", "")),
        arguments(
            "PYTHONPATH=\"$PWD/lib${PYTHONPATH:+:$PYTHONPATH}\" ",
            Map.of("lib/shop/__init__.py", "")),
        arguments("", Map.of("src/__init__.py", "", "src/shop.py", "")),
        arguments("", Map.of("src/shop.c", "")),
        arguments(
            "PYTHONPATH=\"$PWD/code:$PWD/src${PYTHONPATH:+:$PYTHONPATH}\" ",
            Map.of(
                "pyproject.toml",
                "[tool.setuptools.packages.find]\nwhere = [\"code\"]\n",
                "code/shop/__init__.py",
                "",
                "src/other/__init__.py",
                "")),
        arguments(
            "PYTHONPATH=\"$PWD/source${PYTHONPATH:+:$PYTHONPATH}\" ",
            Map.of(
                "setup.py", "setup(package_dir={'': 'source'})\n", "source/shop/__init__.py", "")),
        arguments(
            "",
            Map.of("setup.py", "setup(package_dir={'': '../x/$(id)'})\n", "shop/__init__.py", "")));
  }

  /** pallets: Python imported the installed copy of a package, so that a broken one passed. */
  @ParameterizedTest
  @MethodSource("sourceFolders")
  void letPythonImportThePackagesOfTheTree(String path, Map<String, String> files)
      throws IOException {
    write(files);
    write(Map.of("pytest.ini", "[pytest]\n"));

    var detected = new BuildFileTestDetection().detect(root, List.of());

    assertThat(detected.command()).map(CommandLine::display).contains(path + PYTEST);
  }

  @Test
  void sayThatCompiledPartsAreNotBuilt() throws IOException {
    write(Map.of("pytest.ini", "", "setup.py", "setup(ext_modules=[Extension('a', ['a.c'])])\n"));

    assertThat(new BuildFileTestDetection().detect(root, List.of()).sentence())
        .endsWith(
            "; parts that its setup compiles are not built, an installed copy of them may be tested");
  }

  private static Map<String, String> script(String test) {
    return Map.of("package.json", "{\"scripts\": {\"test\": \"" + test + "\"}}");
  }

  private static Map<String, String> make(String recipe) {
    return Map.of("Makefile", "all: demo\n\tcc\ntest: all\n\t" + recipe + "\n\nclean:\n\trm a\n");
  }

  private void write(Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
