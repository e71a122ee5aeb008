package io.numa.avatar.cli.ecosystems;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.testkit.registry.RegistryDouble;
import io.numa.avatar.testkit.registry.SeenRequest;
import io.numa.avatar.testkit.registry.TinyPackages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Registries that want a login, which only the operator's package clients know: tasks fetch from
 * them, publish nothing to them, and never hold the login.
 */
class PrivateRegistriesIT {
  private static final String BASIC = "Basic Y2k6cHc=";

  /**
   * How each program fetches and uses a package, with options that a variable holds. A wheel can be
   * imported as it is.
   */
  private static final Map<String, String> FETCHES =
      new TreeMap<>(
          Map.of(
              "mvn", "(cd maven && mvn -q -B $MAVEN validate)",
              "npm", "(cd npm && npm install --no-audit --no-fund $NPM && npm test)",
              "go", "(cd go && go build ./... && go vet ./...)",
              "cargo", "(cd cargo && cargo test -q $CARGO)",
              "python3",
                  "python3 -m pip -q download $PIP -d ~/wheels hello"
                      + " && PYTHONPATH=$(echo ~/wheels/hello-*.whl) python3 -c 'import hello'"));

  private static final String OFFLINE =
      """
      MAVEN=-o NPM=--offline CARGO=--offline PIP="--no-index --find-links $HOME/wheels"
      """;

  /** Sends what changes a registry to each address that the clients' settings have. */
  private static final String PUBLISH =
      """
      grep -rhoE 'http://127.0.0.1:[0-9]+/[a-z/]*' ~/.m2 ~/.npmrc ~/.config ~/.cargo/config.toml |
        sort -u > /tmp/registries
      test $(wc -l < /tmp/registries) -ge 5
      for registry in $(cat /tmp/registries); do
        for method in PUT POST DELETE PATCH; do
          curl -s -o /tmp/body -w "$method %{http_code}\n" -X $method -d x ${registry}own/1
        done
      done | sort | uniq -c
      must_fail() { if "$@" > /tmp/out 2>&1; then echo "passed: $*"; exit 1; fi; cat /tmp/out; }
      must_fail curl -sS -m 5 -X POST -d x http://127.0.0.1:PORT/legacy/
      must_fail grep -rlE 'Y2k6cHc|ci:pw|>pw<' $HOME/ /etc /var/cache
      must_fail grep -aE 'Y2k6cHc|ci:pw' /proc/self/environ
      """;

  private static final Map<String, String> PUBLISHES =
      new TreeMap<>(
          Map.of(
              "npm",
              """
              (
                cd npm
                npm config get registry | sed 's,http:\\(.*\\),\\1:_authToken=own,' > .npmrc
                must_fail npm publish --no-fund
              )
              """,
              "cargo",
              """
              (
                cd cargo
                index=$(grep -o 'http://127.0.0.1:[0-9]*/crates/' ~/.cargo/config.toml)
                must_fail cargo publish --index sparse+$index --token x --no-verify --allow-dirty
              )
              """));

  @TempDir Path folder;
  private RegistryDouble registry;

  @BeforeEach
  void start() throws IOException {
    registry = RegistryDouble.start().demand("Authorization", BASIC);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void areFetchedFromWithTheOperatorsLoginAndOfflineFromWarmCaches() throws Exception {
    fill();
    ExecWorld.require("curl");
    try (var world = new ExecWorld(folder, projects())) {
      settings(world);

      String console =
          world.carryOut(
              fetches("MAVEN= NPM= CARGO= PIP=\n") + filled(PUBLISH) + scripts(PUBLISHES));
      assertThat(console).contains("sandbox: egress by ");
      assertThat(ExecWorld.printed(console)).containsAll(fetched());
      assertThat(console.contains("403 Forbidden - PUT")).isEqualTo(ExecWorld.has("npm"));
      assertThat(console.contains("does not support API commands"))
          .isEqualTo(ExecWorld.has("cargo"));
      assertThat(ExecWorld.printed(console))
          .filteredOn(line -> line.matches(" +[0-9]+ (PUT|POST|DELETE|PATCH) [0-9]+"))
          .hasSize(4)
          .allMatch(line -> line.endsWith(" 403"));
      assertOnlyFetched();

      int before = registry.requests().size();
      String offline = world.carryOut(fetches(OFFLINE), "--set", "sandbox.profile=offline");
      assertThat(offline).contains("sandbox: offline by ");
      assertThat(ExecWorld.printed(offline)).containsAll(fetched());
      assertThat(registry.requests()).hasSize(before);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes 15 s")
  void servesGradleWhatTheConfigurationLists() throws Exception {
    ExecWorld.require("gradle");
    TinyPackages.maven(registry, "/m2/", "com.example", "tiny");
    String build =
        """
        repositories { mavenCentral() }
        configurations { fetched }
        dependencies { fetched 'com.example:tiny:1.0.0@pom' }
        task fetch { doLast { println configurations.fetched.files } }
        """;
    try (var world = new ExecWorld(folder, Map.of("build.gradle", build))) {
      world.sandbox(
          "{registries: [{kind: gradle, url: \"URL/m2\", username: ci, password: pw}]}"
              .replace("URL", registry.url().toString()));

      assertThat(world.carryOut("gradle --no-daemon -q fetch")).contains("tiny-1.0.0.pom");
      assertOnlyFetched();
      String offline =
          world.carryOut(
              "gradle --no-daemon -q --offline fetch", "--set", "sandbox.profile=offline");
      assertThat(offline).contains("tiny-1.0.0.pom");
    }
  }

  private static String fetches(String options) {
    Map<String, String> told = new TreeMap<>();
    FETCHES.forEach(
        (program, script) -> told.put(program, script + " && echo " + program + " fetched\n"));
    return options + scripts(told);
  }

  /** The scripts of the programs that this machine has. */
  private static String scripts(Map<String, String> all) {
    return all.entrySet().stream()
        .filter(one -> ExecWorld.has(one.getKey()))
        .map(Map.Entry::getValue)
        .collect(joining());
  }

  private static List<String> fetched() {
    return FETCHES.keySet().stream().filter(ExecWorld::has).map(it -> it + " fetched").toList();
  }

  private void assertOnlyFetched() {
    assertThat(registry.requests()).isNotEmpty();
    assertThat(registry.requests()).extracting(SeenRequest::method).isSubsetOf("GET", "HEAD");
    assertThat(registry.requests())
        .allMatch(request -> request.header("Authorization").orElse("").equals(BASIC));
  }

  private void fill() {
    TinyPackages.maven(registry, "/mirror/", "com.example", "parent");
    TinyPackages.npm(registry, "/npm/", "hello");
    String wheel = TinyPackages.wheelName("hello");
    TinyPackages.pypi(registry, "/simple/", "hello", "../../files/" + wheel);
    registry.put("/files/" + wheel, "application/zip", TinyPackages.wheel("hello"));
    TinyPackages.go(registry, "/go/", "example.test/hello");
    TinyPackages.cargo(registry, "/crates/", "hello", registry.url() + "/crates/dl");
    registry.put(
        "/crates/dl/hello/1.0.0/download", "application/gzip", TinyPackages.crate("hello"));
  }

  private void settings(ExecWorld world) throws IOException {
    world.setting(
        ".m2/settings.xml",
        filled(
            """
            <settings>
              <servers><server><id>company</id><username>ci</username><password>pw</password></server></servers>
              <mirrors><mirror><id>company</id><mirrorOf>*</mirrorOf><url>URL/mirror/</url></mirror></mirrors>
            </settings>
            """));
    world.setting(".npmrc", filled("registry=URL/npm/\n//127.0.0.1:PORT/:_auth=Y2k6cHc=\n"));
    world.setting(
        ".config/pip/pip.conf",
        filled("[global]\nindex-url = http://ci:pw@127.0.0.1:PORT/simple/\n"));
    world.setting(
        ".config/go/env",
        filled("GOPROXY=http://ci:pw@127.0.0.1:PORT/go\nGONOSUMDB=example.test\n"));
    world.setting(
        ".cargo/config.toml",
        filled(
            """
            [source.crates-io]
            replace-with = "company"
            [source.company]
            registry = "sparse+URL/crates/"
            """));
    world.setting(".cargo/credentials.toml", "[registries.company]\ntoken = \"" + BASIC + "\"\n");
  }

  private String filled(String text) {
    return text.replace("URL", registry.url().toString()).replace("PORT", "" + registry.port());
  }

  private static Map<String, String> projects() {
    Map<String, String> files = new HashMap<>();
    files.put(
        "maven/pom.xml",
        """
        <project><modelVersion>4.0.0</modelVersion>
          <parent><groupId>com.example</groupId><artifactId>parent</artifactId><version>1.0.0</version>
            <relativePath/></parent>
          <artifactId>child</artifactId><packaging>pom</packaging>
        </project>
        """);
    files.put(
        "npm/package.json",
        """
        {"name": "project", "version": "1.0.0", "dependencies": {"hello": "1"},
         "scripts": {"test": "node -e \\"require('hello/package.json')\\""}}
        """);
    files.put("pip/requirements.txt", "hello\n");
    files.put("go/go.mod", "module project\n\ngo 1.19\n\nrequire example.test/hello v1.0.0\n");
    files.put(
        "go/go.sum",
        "example.test/hello v1.0.0 "
            + TinyPackages.goSum("example.test/hello")
            + "\nexample.test/hello v1.0.0/go.mod "
            + TinyPackages.goModSum("example.test/hello")
            + "\n");
    files.put("go/project.go", "package project\n\nimport _ \"example.test/hello\"\n");
    files.put(
        "cargo/Cargo.toml",
        """
        [package]
        name = "project"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        hello = "1"
        """);
    files.put("cargo/src/lib.rs", "extern crate hello;\n#[test]\nfn passes() {}\n");
    return files;
  }
}
