package io.numa.avatar.backend.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.plan.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories whose projects are in subfolders, such as the guides of Spring. */
class NestedProjectsTest {
  @TempDir Path root;

  static Stream<Arguments> repositories() {
    return Stream.of(
        arguments(
            "Tests: `cd complete && mvn -B -fae -Dgpg.skip verify`, because of pom.xml in complete",
            List.of("complete/pom.xml", "complete/core/pom.xml"),
            List.of("README.md")),
        arguments(
            "Tests: `cd complete && mvn -B -fae -Dgpg.skip verify`, because of pom.xml in complete;"
                + " the change touches 1 of 2 projects",
            List.of("complete/pom.xml", "initial/pom.xml"),
            List.of("complete/src/App.java", "README.md")),
        arguments(
            "Tests: `status=0; (cd complete && mvn -B -fae -Dgpg.skip verify) || status=$?;"
                + " (cd web && go test -json ./...) || status=$?; exit $status`,"
                + " because of pom.xml in complete and go.mod in web",
            List.of("complete/pom.xml", "web/go.mod"),
            List.of("README.md")),
        arguments(
            "Tests: `cd 'a b'\\''c' && go test -json ./...`, because of go.mod in a b'c",
            List.of("a b'c/go.mod"),
            List.of()),
        arguments(
            "Tests: `cd './-x y' && go test -json ./...`, because of go.mod in -x y",
            List.of("-x y/go.mod"),
            List.of()),
        arguments(
            "Tests: `cd app && PYTHONPATH=\"$PWD/src${PYTHONPATH:+:$PYTHONPATH}\" python3 -m pytest"
                + " --junitxml=.numa-tests/pytest.xml`, because of pytest.ini in app",
            List.of("app/pytest.ini", "app/src/app.py"),
            List.of()),
        arguments(
            "Tests: `mvn -B -fae -Dgpg.skip verify`, because of pom.xml",
            List.of("pom.xml", "web/go.mod"),
            List.of("web/main.go")));
  }

  @ParameterizedTest
  @MethodSource("repositories")
  void areTestedInTheirFolders(String sentence, List<String> files, List<String> changed)
      throws IOException {
    write(files);

    assertThat(sentence(changed)).isEqualTo(sentence);
  }

  @Test
  void areNotTestedIfTheyAreTooMany() throws IOException {
    for (int i = 1; i <= 9; i++) {
      write(List.of("p" + i + "/go.mod"));
    }

    assertThat(sentence(List.of("README.md")))
        .isEqualTo(
            "No tests found: the change touches none of 9 projects in subfolders (p1, p2, p3, …),"
                + " and at most 8 are tested; set test.command");
    assertThat(sentence(List.of("p4/main.go"))).startsWith("Tests: `cd p4 && go test -json ./...`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node_modules/a/go.mod",
        "vendor/a/go.mod",
        "third_party/go.mod",
        "build/pom.xml",
        "target/classes/pom.xml",
        ".cache/pom.xml",
        "examples/first/pom.xml",
        "app/src/test/fixtures/pom.xml",
        "a/b/c/d/e/f/g/pom.xml",
        "evil\nname/pom.xml",
        "tools/Makefile",
      })
  void areNotLookedForEverywhere(String file) throws IOException {
    write(List.of(file));

    assertThat(sentence(List.of())).startsWith("No tests found: looked for ");
  }

  @Test
  void areNotFoundBehindTooManyFiles() throws IOException {
    write(List.of("a/1", "a/2", "a/3", "b/pom.xml"));

    var whole = new ProjectTree(root, 6);
    var cut = new ProjectTree(root, 5);

    assertThat(whole.files()).containsExactly("a/1", "a/2", "a/3", "b/pom.xml");
    assertThat(whole.isWhole()).isTrue();
    assertThat(cut.files()).containsExactly("a/1", "a/2", "a/3");
    assertThat(cut.isWhole()).isFalse();
  }

  private String sentence(List<String> changed) {
    return new BuildFileTestDetection()
        .detect(root, changed.stream().map(WorkspacePath::new).toList())
        .sentence();
  }

  private void write(List<String> files) throws IOException {
    for (String file : files) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.endsWith("Makefile") ? "test:\n\tsh t.sh\n" : "");
    }
  }
}
