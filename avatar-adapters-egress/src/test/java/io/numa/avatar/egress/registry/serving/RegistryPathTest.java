package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryPathTest {
  private static final Place PLACE =
      Place.of(
          new Registry(
              RegistryKind.MAVEN,
              "m",
              URI.create("https://nexus.example/repository/m2"),
              Optional.empty(),
              Optional.empty(),
              "test"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/repository/m2/com/example/a/1.0-SNAPSHOT/a-1.0-20260101.120000-1.jar",
        "/repository/m2/com/example/a/maven-metadata.xml?x=1&y=%20",
        "/repository/m2/",
        "/repository/m2/.index/nexus-maven-repository-index.gz",
        "/repository/m2/github.com/!azure/sdk/@v/v1.0.0+incompatible.zip",
        "/repository/m2/@scope%2fname",
        "/repository/m2/a%20b/~c/d$e/...x"
      })
  void pathsOfPackagesPassAsTheyAre(String target) {
    var path = RegistryPath.parse(target);

    assertThat(path.map(RegistryPath::toString)).contains(target);
    assertThat(path.flatMap(PLACE::outside).map(Object::toString))
        .contains("https://nexus.example" + target);
  }

  /** However a server reads what passes, it is below the registry's folder. */
  @Property(tries = 3000)
  void whatPassesStaysBelowTheRegistry(@ForAll("targets") String target) {
    RegistryPath.parse(target)
        .flatMap(PLACE::outside)
        .ifPresent(
            url -> {
              assertThat(url.toString()).startsWith("https://nexus.example" + target);
              String once = decoded(url.encodedPath());
              for (String read : List.of(url.encodedPath(), once, decoded(once))) {
                assertThat(Path.of(read.replace('\\', '/').replace(";", "/")).normalize())
                    .as(target)
                    .startsWithRaw(Path.of("/repository/m2"));
              }
            });
  }

  @Property(tries = 1000)
  void anythingElseIsRefusedWithoutAFailure(@ForAll String target) {
    assertThat(RegistryPath.parse(target).map(RegistryPath::toString))
        .satisfiesAnyOf(
            found -> assertThat(found).isEmpty(), found -> assertThat(found).contains(target));
  }

  @Provide
  Arbitrary<String> targets() {
    Arbitrary<String> part =
        Arbitraries.of(
            "..",
            ".",
            "%2e%2e",
            "%2E.",
            "%252e%252e",
            "..%2f",
            "%2f..",
            "@a%2f..",
            "@a%2fb",
            "..;",
            "..%3b",
            "%5c..",
            "..%5c",
            "%00",
            "a",
            "b.jar",
            "",
            "%20",
            "..%20",
            ".%09.",
            "%c0%ae");
    return part.list().ofMaxSize(5).map(parts -> "/repository/m2/" + String.join("/", parts));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
