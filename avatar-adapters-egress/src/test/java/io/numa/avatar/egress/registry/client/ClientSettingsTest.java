package io.numa.avatar.egress.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.egress.registry.GoSetup;
import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
  private static final GoSetup GO = new GoSetup("{0}|{1},direct", Map.of("GOPRIVATE", "corp"));

  @Test
  void mavensMirrorsKeepWhatTheyStandFor() {
    assertThat(
            file(
                ".m2/settings.xml",
                registry(RegistryKind.MAVEN, "company", "/all/", "central,!x"),
                registry(RegistryKind.MAVEN, "own", "/own", "")))
        .contains(
            "<mirror><id>company</id><mirrorOf>central,!x</mirrorOf>"
                + "<url>http://127.0.0.1:49151/all/</url></mirror>",
            "<mirror><id>avatar-own</id><mirrorOf>own</mirrorOf>",
            "<repository><id>own</id><url>http://127.0.0.1:49150/own/</url></repository>",
            "<pluginRepository><id>own</id>",
            "<activeProfile>avatar-registries</activeProfile>");
  }

  @Test
  void gradlesRepositoriesAreRedirectedByTheirAddress() {
    assertThat(
            file(
                ".gradle/init.d/avatar-registries.gradle",
                registry(RegistryKind.GRADLE, "central", "/m2", "https://repo.example/maven2/")))
        .startsWith(
            "def served = [:]\nserved['https://repo.example/maven2'] = 'http://127.0.0.1:49151/m2'\n")
        .contains("allowInsecureProtocol = true");
  }

  @Test
  void npmHasADefaultRegistryAndThoseOfScopes() {
    assertThat(
            file(
                ".npmrc",
                registry(RegistryKind.NPM, "npm", "/npm", ""),
                registry(RegistryKind.NPM, "@lab", "/", "@lab")))
        .isEqualTo(
            """
            replace-registry-host=always
            registry=http://127.0.0.1:49151/npm/
            @lab:registry=http://127.0.0.1:49150/
            """);
  }

  @Test
  void pipHasAnIndexAndAdditionalOnesOrNone() {
    assertThat(
            file(
                ".config/pip/pip.conf",
                registry(RegistryKind.PYPI, "pypi", "/simple", ""),
                registry(RegistryKind.PYPI, "extra", "/x/simple/", "")))
        .isEqualTo(
            """
            [global]
            index-url = http://127.0.0.1:49151/simple/
            extra-index-url =
                http://127.0.0.1:49150/x/simple/
            """);
    assertThat(file(".config/pip/pip.conf")).isEqualTo("[global]\nno-index = true\n");
  }

  @Test
  void goKeepsItsOrderAndWhatItVerifies() {
    assertThat(
            file(
                ".config/go/env",
                registry(RegistryKind.GO, "proxy1", "", ""),
                registry(RegistryKind.GO, "proxy2", "/go/", "")))
        .isEqualTo(
            """
            GOPROXY=http://127.0.0.1:49151|http://127.0.0.1:49150/go,direct
            GOPRIVATE=corp
            """);
  }

  @Test
  void cargosSourcesAreReplaced() {
    assertThat(
            file(
                ".cargo/config.toml",
                registry(RegistryKind.CARGO, "crates-io", "/", ""),
                registry(RegistryKind.CARGO, "la\"b", "/l/", "sparse+https://lab.example/l/")))
        .isEqualTo(
            """
            [source."crates-io"]
            replace-with = "avatar-crates-io"
            [source."avatar-crates-io"]
            registry = "sparse+http://127.0.0.1:49151/"
            [registries."la\\"b"]
            index = "sparse+https://lab.example/l/"
            [source."la\\"b"]
            registry = "sparse+https://lab.example/l/"
            replace-with = "avatar-la\\"b"
            [source."avatar-la\\"b"]
            registry = "sparse+http://127.0.0.1:49150/l/"
            """);
  }

  @Test
  void noFileHoldsALogin() {
    for (var kind : RegistryKind.values()) {
      var files = files(registry(kind, "n", "/", ""));

      assertThat(files.values()).noneMatch(text -> text.contains("hidden"));
    }
  }

  private static String file(String path, Registry... registries) {
    return files(registries).get(Path.of(path));
  }

  private static Map<Path, String> files(Registry... registries) {
    return new ClientSettings(new RegistrySetup(List.of(registries), GO, List.of()))
        .files(List.of(49151, 49150).subList(0, registries.length));
  }

  private static Registry registry(RegistryKind kind, String name, String path, String covers) {
    return new Registry(
        kind,
        name,
        URI.create("https://nexus.example" + path),
        Optional.of(Login.bearer(new Secret("hidden"))),
        Optional.of(covers).filter(text -> !text.isEmpty()),
        "test");
  }
}
