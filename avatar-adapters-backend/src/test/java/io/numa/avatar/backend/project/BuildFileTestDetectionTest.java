package io.numa.avatar.backend.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.DetectedTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BuildFileTestDetectionTest {
  private static final String SCRIPT = "{\"scripts\": {\"test\": \"jest\"}}";
  private static final String NEEDY =
      "{\"scripts\": {\"test\": \"jest\"}, \"devDependencies\": {\"jest\": \"^29\"}}";
  private static final String FETCHED = "node_modules/jest/package.json";
  private static final String PLACEHOLDER =
      "{\"scripts\": {\"test\": \"echo \\\"Error: no test specified\\\" && exit 1\"}}";

  private static final String PYTEST = "python3 -m pytest --junitxml=.numa-tests/pytest.xml";
  private static final String DOTNET = "dotnet test --logger trx --results-directory .numa-tests";

  private final BuildFileTestDetection detection = new BuildFileTestDetection();
  @TempDir Path root;

  static Stream<Arguments> projects() {
    return Stream.of(
        arguments("mvn -B -fae -Dgpg.skip verify", Map.of("pom.xml", "")),
        arguments("sh ./mvnw -B -fae -Dgpg.skip verify", Map.of("pom.xml", "", "mvnw", "")),
        arguments("gradle test --continue", Map.of("build.gradle", "")),
        arguments("gradle test --continue", Map.of("settings.gradle.kts", "")),
        arguments("sh ./gradlew test --continue", Map.of("build.gradle.kts", "", "gradlew", "")),
        arguments("npm test", Map.of("package.json", SCRIPT)),
        arguments("npm test", Map.of("package.json", SCRIPT, "package-lock.json", "{}")),
        arguments("pnpm test", Map.of("package.json", SCRIPT, "pnpm-lock.yaml", "")),
        arguments("yarn test", Map.of("package.json", SCRIPT, "yarn.lock", "")),
        arguments("bun run test", Map.of("package.json", SCRIPT, "bun.lock", "")),
        arguments("bun run test", Map.of("package.json", SCRIPT, "bun.lockb", "")),
        arguments("npm install && npm test", Map.of("package.json", NEEDY)),
        arguments("npm ci && npm test", Map.of("package.json", NEEDY, "package-lock.json", "{}")),
        arguments("npm ci && npm test", Map.of("package.json", NEEDY, "npm-shrinkwrap.json", "")),
        arguments(
            "npm test", Map.of("package.json", NEEDY, "package-lock.json", "{}", FETCHED, "{}")),
        arguments(
            "pnpm install --frozen-lockfile && pnpm test",
            Map.of("package.json", NEEDY, "pnpm-lock.yaml", "")),
        arguments("yarn install && yarn test", Map.of("package.json", NEEDY, "yarn.lock", "")),
        arguments(
            "bun install --frozen-lockfile && bun run test",
            Map.of("package.json", NEEDY, "bun.lock", "")),
        arguments(PYTEST, Map.of("pytest.ini", "")),
        arguments(PYTEST, Map.of("pyproject.toml", "[tool.pytest.ini_options]\n")),
        arguments(PYTEST, Map.of("setup.cfg", "[metadata]\n[tool:pytest]\n")),
        arguments(PYTEST, Map.of("tox.ini", "[pytest]\n")),
        arguments(PYTEST, Map.of("tests/test_app.py", "")),
        arguments("tox", Map.of("tox.ini", "[pytest]\n[tox]\n")),
        arguments("tox", Map.of("tox.ini", "[testenv:py3]\n", "tests/test_app.py", "")),
        arguments("go test -json ./...", Map.of("go.mod", "")),
        arguments("cargo test --no-fail-fast", Map.of("Cargo.toml", "")),
        arguments(DOTNET, Map.of("App.sln", "")),
        arguments(DOTNET, Map.of("App.csproj", "")),
        arguments("make test", Map.of("Makefile", "build:\n\tcc\n\ntest: build\n\t./check\n")),
        arguments("make test", Map.of("GNUmakefile", "lint test::\n")),
        arguments(
            "mvn -B -fae -Dgpg.skip verify",
            Map.of("pom.xml", "", "package.json", SCRIPT, "Makefile", "test:")),
        arguments("go test -json ./...", Map.of("go.mod", "", "Makefile", "test:\n")),
        arguments("make test", Map.of("package.json", PLACEHOLDER, "Makefile", "test:\n")));
  }

  static Stream<Map<String, String>> projectsWithoutTests() {
    return Stream.of(
        Map.of(),
        Map.of("README.md", "test:"),
        Map.of("package.json", PLACEHOLDER),
        Map.of("package.json", "{\"scripts\": {\"test\": \" \"}}"),
        Map.of("package.json", "{\"scripts\": {\"build\": \"tsc\"}, \"jest\": {\"test\": \"x\"}}"),
        Map.of("package.json", "no json", "yarn.lock", ""),
        Map.of("pyproject.toml", "[tool.black]\n# [tool.pytest]\n"),
        Map.of("tests/readme.txt", "", "tests/helper.py", ""),
        Map.of("pom.xml/file", ""),
        Map.of("Makefile", "# test: x\ntest := 1\nT = a test: b\nall:\n\ttest: x\n.PHONY: test\n"),
        Map.of("GNUmakefile", "all:\n", "Makefile", "test:\n"));
  }

  @ParameterizedTest
  @MethodSource("projects")
  void tellsTheCommandFromTheFiles(String command, Map<String, String> files) throws IOException {
    write(files);

    assertThat(detect()).map(CommandLine::display).contains(command);
  }

  @ParameterizedTest
  @MethodSource("projectsWithoutTests")
  void tellsNothingWhereNothingShows(Map<String, String> files) throws IOException {
    write(files);

    assertThat(detect()).isEmpty();
  }

  @Test
  void runsAWrapperItselfWhereItIsExecutable() throws IOException {
    write(Map.of("pom.xml", "", "mvnw", ""));
    assertThat(root.resolve("mvnw").toFile().setExecutable(true)).isTrue();

    assertThat(detect())
        .contains(new Argv(List.of("./mvnw", "-B", "-fae", "-Dgpg.skip", "verify")));
  }

  @Test
  void looksAtNothingThroughSymbolicLinks(@TempDir Path elsewhere) throws IOException {
    write(elsewhere, Map.of("pom.xml", "", "tests/test_app.py", "", "app/pom.xml", ""));
    Files.createSymbolicLink(root.resolve("pom.xml"), elsewhere.resolve("pom.xml"));
    Files.createSymbolicLink(root.resolve("tests"), elsewhere.resolve("tests"));
    Files.createSymbolicLink(root.resolve("app"), elsewhere.resolve("app"));

    assertThat(detect()).isEmpty();
  }

  @Test
  void tellsTheScriptsThatTheCommandRuns() throws IOException {
    write(
        Map.of(
            "package.json",
            "{\"scripts\": {\"test\": \"jest\", \"pretest\": \"tsc\", \"build\": \"x\"},"
                + " \"workspaces\": [\"a\"]}",
            "a/package.json",
            "{\"scripts\": {\"test\": \"mocha\"}}"));
    assertThat(detection.detect(root, List.of()).scripts())
        .isEqualTo(
            Map.of(
                "package.json", List.of("pretest: tsc", "test: jest"),
                "a/package.json", List.of("test: mocha")));
  }

  @Test
  void tellsTheRecipesThatTheTargetNeeds() throws IOException {
    write(
        Map.of(
            "Makefile",
            """
            all: app
            \tcc app.c
            test: unit lint
            \t@echo done; ./run
            unit: app
            \t./unit
            app: ; cc app.c
            """));
    assertThat(detection.detect(root, List.of()).scripts())
        .isEqualTo(
            Map.of(
                "Makefile",
                List.of(
                    "test: unit lint",
                    "echo done; ./run",
                    "unit: app",
                    "./unit",
                    "app: ",
                    "cc app.c")));
  }

  private Optional<CommandLine> detect(String... changed) {
    return detected(changed).command();
  }

  private DetectedTests detected(String... changed) {
    return detection.detect(root, Stream.of(changed).map(WorkspacePath::new).toList());
  }

  private void write(Map<String, String> files) throws IOException {
    write(root, files);
  }

  private static void write(Path root, Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
