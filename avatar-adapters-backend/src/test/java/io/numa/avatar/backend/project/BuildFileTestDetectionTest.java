package io.numa.avatar.backend.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  private final BuildFileTestDetection detection = new BuildFileTestDetection();
  @TempDir Path root;

  static Stream<Arguments> projects() {
    return Stream.of(
        arguments("mvn -B verify", Map.of("pom.xml", "")),
        arguments("sh ./mvnw -B verify", Map.of("pom.xml", "", "mvnw", "")),
        arguments("gradle test", Map.of("build.gradle", "")),
        arguments("gradle test", Map.of("settings.gradle.kts", "")),
        arguments("sh ./gradlew test", Map.of("build.gradle.kts", "", "gradlew", "")),
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
        arguments("python3 -m pytest", Map.of("pytest.ini", "")),
        arguments("python3 -m pytest", Map.of("pyproject.toml", "[tool.pytest.ini_options]\n")),
        arguments("python3 -m pytest", Map.of("setup.cfg", "[metadata]\n[tool:pytest]\n")),
        arguments("python3 -m pytest", Map.of("tox.ini", "[pytest]\n")),
        arguments("python3 -m pytest", Map.of("tests/test_app.py", "")),
        arguments("tox", Map.of("tox.ini", "[pytest]\n[tox]\n")),
        arguments("tox", Map.of("tox.ini", "[testenv:py3]\n", "tests/test_app.py", "")),
        arguments("go test ./...", Map.of("go.mod", "")),
        arguments("cargo test", Map.of("Cargo.toml", "")),
        arguments("dotnet test", Map.of("App.sln", "")),
        arguments("dotnet test", Map.of("App.csproj", "")),
        arguments("make test", Map.of("Makefile", "build:\n\tcc\n\ntest: build\n\t./check\n")),
        arguments("make test", Map.of("GNUmakefile", "lint test::\n")),
        arguments(
            "mvn -B verify", Map.of("pom.xml", "", "package.json", SCRIPT, "Makefile", "test:")),
        arguments("go test ./...", Map.of("go.mod", "", "Makefile", "test:\n")),
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
        Map.of("sub/pom.xml", "", "pom.xml/file", ""),
        Map.of("Makefile", "# test: x\ntest := 1\nT = a test: b\nall:\n\ttest: x\n.PHONY: test\n"),
        Map.of("GNUmakefile", "all:\n", "Makefile", "test:\n"));
  }

  @ParameterizedTest
  @MethodSource("projects")
  void tellsTheCommandFromTheFiles(String command, Map<String, String> files) throws IOException {
    write(files);

    assertThat(detection.detect(root)).map(CommandLine::display).contains(command);
  }

  @ParameterizedTest
  @MethodSource("projectsWithoutTests")
  void tellsNothingWhereNothingShows(Map<String, String> files) throws IOException {
    write(files);

    assertThat(detection.detect(root)).isEmpty();
  }

  @Test
  void runsAWrapperItselfWhereItIsExecutable() throws IOException {
    write(Map.of("pom.xml", "", "mvnw", ""));
    assertThat(root.resolve("mvnw").toFile().setExecutable(true)).isTrue();

    assertThat(detection.detect(root)).contains(new Argv(List.of("./mvnw", "-B", "verify")));
  }

  @Test
  void looksAtNothingThroughSymbolicLinks() throws IOException {
    write(Map.of("elsewhere/pom.xml", "", "elsewhere/tests/test_app.py", ""));
    Files.createSymbolicLink(root.resolve("pom.xml"), root.resolve("elsewhere/pom.xml"));
    Files.createSymbolicLink(root.resolve("tests"), root.resolve("elsewhere/tests"));

    assertThat(detection.detect(root)).isEmpty();
  }

  private void write(Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
