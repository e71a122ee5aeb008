package io.numa.avatar.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.numa.avatar.plan.WorkspacePath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectedPathsTest {
  @ParameterizedTest
  @CsvSource({
    "pom.xml,               pom.xml",
    "pom.xml,               POM.XML",
    "pom.xml,               pom.xml/below",
    "ÜBER,                  über",
    ".github/workflows/**,  .github/workflows",
    ".github/workflows/**,  .github/workflows/ci.yml",
    ".github/workflows/**,  .GitHub/Workflows/deep/down/ci.yml",
    ".github,               .github/workflows/ci.yml",
    "*.lock,                yarn.lock",
    "*.lock,                .lock",
    "*.lock,                yarn.lock/below",
    "**/*.lock,             yarn.lock",
    "**/*.lock,             a/b/yarn.lock",
    "a/**/b,                a/b",
    "a/**/b,                a/x/y/b/below",
    "a**z,                  a/b/cz",
    "secret?,               secret1",
    "a.b*,                  a.b",
    "src/*/x,               src/any/x",
    "**,                    any/thing",
  })
  void coversWhatAGlobStandsFor(String glob, String path) {
    assertThat(new ProtectedPaths(List.of("other", glob)).covering(new WorkspacePath(path)))
        .contains(glob);
  }

  @ParameterizedTest
  @CsvSource({
    "pom.xml,               a/pom.xml",
    "pom.xml,               pomXxml",
    "pom.xml,               pom.xml.txt",
    "pom.xml,               apom.xml",
    ".github/workflows/**,  .github",
    ".github/workflows/**,  .github/workflows2/x",
    ".github/workflows/**,  a/.github/workflows/x",
    "*.lock,                a/yarn.lock",
    "**/*.lock,             a.lock2",
    "a/**/b,                ab",
    "a/**/b,                x/a/b",
    "secret?,               secret",
    "secret?,               secret12",
    "secret?,               secret/",
    "src/*/x,               src/a/b/x",
    "src/*/x,               src/x",
    "(a|b),                 a",
    "[ab],                  a",
    "\\Ea,                  a",
  })
  void leavesAloneWhatItDoesNot(String glob, String path) {
    assertThat(new ProtectedPaths(List.of(glob)).covering(new WorkspacePath(path))).isEmpty();
  }

  @Test
  void coversNamesWithLineBreaks() {
    assertThat(new ProtectedPaths(List.of("a*")).covering(new WorkspacePath("a\nb")))
        .contains("a*");
    assertThat(new ProtectedPaths(List.of("a")).covering(new WorkspacePath("a/b\nc")))
        .contains("a");
  }

  @Test
  void coversTheDeepestPathThereIs() {
    var deepest = new WorkspacePath("a/".repeat(249) + "x.lock");

    assertThat(new ProtectedPaths(List.of("**/*.lock")).covering(deepest)).contains("**/*.lock");
  }

  @Test
  void refusesWhatIsCoveredAndSaysByWhat() {
    var paths = new ProtectedPaths(List.of("*.lock", "a"));

    assertThatNoException().isThrownBy(() -> paths.check(new WorkspacePath("b")));
    assertThatExceptionOfType(WorkspaceException.class)
        .isThrownBy(() -> paths.check(new WorkspacePath("a/b")))
        .withMessage("'a/b' is protected by guard.protected_paths: a");
  }

  @Test
  void noneCoversNothing() {
    assertThat(ProtectedPaths.NONE.covering(new WorkspacePath("a"))).isEmpty();
  }
}
