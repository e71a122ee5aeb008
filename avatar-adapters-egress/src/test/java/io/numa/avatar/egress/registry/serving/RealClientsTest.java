package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.numa.avatar.egress.registry.RegistryChoice;
import io.numa.avatar.egress.registry.RegistryKind;
import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.egress.registry.discovery.Discovery;
import io.numa.avatar.egress.registry.discovery.Machine;
import io.numa.avatar.port.Secret;
import io.numa.avatar.testkit.registry.GoSumDouble;
import io.numa.avatar.testkit.registry.RegistryDouble;
import io.numa.avatar.testkit.registry.SeenRequest;
import io.numa.avatar.testkit.registry.TinyPackages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The package clients of this machine fetch through the served registries, without a login. */
class RealClientsTest {
  private static final String BASIC = "Basic Y2k6cHc=";

  /** Without it, the cache of modules could not be deleted after the test. */
  private static final Map<String, String> WRITABLE = Map.of("GOFLAGS", "-modcacherw");

  @TempDir Path root;
  private RegistryDouble upstream;
  private RegistryDouble files;
  private Path home;
  private Path folder;

  @BeforeEach
  void start() throws IOException {
    upstream = RegistryDouble.start().demand("Authorization", BASIC);
    files = RegistryDouble.start();
    home = Files.createDirectories(root.resolve("inside"));
    folder = Files.createDirectories(root.resolve("project"));
  }

  @AfterEach
  void stop() {
    assertThat(upstream.requests()).extracting(SeenRequest::method).isSubsetOf("GET", "HEAD");
    assertThat(upstream.requests())
        .allMatch(request -> request.header("Authorization").orElse("").equals(BASIC));
    assertThat(files.requests()).allMatch(request -> request.header("Authorization").isEmpty());
    upstream.close();
    files.close();
  }

  @Test
  void mavenFetchesFromAMirrorAndFromTheRepositoryOfAProfile() throws Exception {
    TinyPackages.maven(upstream, "/mirror/", "com.example", "parent");
    TinyPackages.maven(upstream, "/own/", "com.example", "bom");
    setting(
        "~/.m2/settings.xml",
        """
        <settings>
          <servers>
            <server><id>company</id><username>ci</username><password>pw</password></server>
            <server><id>own</id><username>ci</username><password>pw</password></server>
          </servers>
          <mirrors><mirror><id>company</id><mirrorOf>central</mirrorOf><url>URL/mirror</url></mirror></mirrors>
          <profiles><profile><id>p</id><repositories>
            <repository><id>own</id><url>URL/own/</url></repository>
          </repositories></profile></profiles>
          <activeProfiles><activeProfile>p</activeProfile></activeProfiles>
        </settings>
        """);
    project(
        "pom.xml",
        """
        <project><modelVersion>4.0.0</modelVersion>
          <parent><groupId>com.example</groupId><artifactId>parent</artifactId><version>1.0.0</version>
            <relativePath/></parent>
          <artifactId>child</artifactId><packaging>pom</packaging>
          <dependencyManagement><dependencies><dependency>
            <groupId>com.example</groupId><artifactId>bom</artifactId><version>1.0.0</version>
            <type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>
        </project>
        """);

    try (var inside = InsideWorld.of(found())) {
      inside.writeHome(home);
      var result =
          ClientProgram.find("mvn", home, folder)
              .run(
                  Map.of(
                      "MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.home=" + home),
                  "-B",
                  "validate");

      assertThat(result.output()).contains("BUILD SUCCESS");
    }
    assertThat(home.resolve(".m2/repository/com/example/parent/1.0.0")).exists();
    assertThat(home.resolve(".m2/repository/com/example/bom/1.0.0")).exists();
  }

  @Test
  @EnabledIfSystemProperty(named = "soak", matches = "true", disabledReason = "takes 8 s")
  void gradleFetchesFromTheRepositoriesThatABuildNames() throws Exception {
    TinyPackages.maven(upstream, "/m2/", "com.example", "tiny");
    project(
        "build.gradle",
        """
        repositories { mavenCentral() }
        configurations { fetched }
        dependencies { fetched 'com.example:tiny:1.0.0@pom' }
        task fetch { doLast { println configurations.fetched.files } }
        """);
    var choice =
        new RegistryChoice(
            RegistryKind.GRADLE,
            URI.create(upstream.url() + "/m2"),
            Optional.of("ci"),
            Optional.of(new Secret("pw")));

    try (var inside = InsideWorld.of(Discovery.of(List.of(choice), machine()))) {
      inside.writeHome(home);
      var result =
          ClientProgram.find("gradle", home, folder)
              .run(Map.of("GRADLE_USER_HOME", home + "/.gradle"), "--no-daemon", "-q", "fetch");

      assertThat(result.output()).contains("tiny-1.0.0.pom");
    }
  }

  @Test
  void npmInstallsAndKeepsTheAddressesOfTheRegistryInItsLockFile() throws Exception {
    TinyPackages.npm(upstream, "/npm/", "hello");
    String scoped = upstream.url() + "/own/@lab/tool/-/tool-1.0.0.tgz";
    TinyPackages.npm(upstream, "/own/", "@lab/tool", scoped);
    upstream.put(
        "/own/@lab/tool/-/tool-1.0.0.tgz",
        "application/octet-stream",
        TinyPackages.npmTarball("@lab/tool"));
    setting(
        "~/.npmrc",
        """
        registry=URL/npm/
        @lab:registry=URL/own/
        //127.0.0.1:PORT/:_auth=Y2k6cHc=
        """);
    project("package.json", "{\"name\": \"project\", \"version\": \"1.0.0\"}");

    try (var inside = InsideWorld.of(found())) {
      inside.writeHome(home);
      var npm = ClientProgram.find("npm", home, folder);
      var installed = npm.run("install", "--no-audit", "--no-fund", "hello", "@lab/tool");
      assertThat(installed.exit()).as(installed.output()).isZero();
      String lock = Files.readString(folder.resolve("package-lock.json"));
      assertThat(lock).contains(upstream.url() + "/npm/hello/-/hello-1.0.0.tgz", scoped);

      deleteAll(folder.resolve("node_modules"));
      deleteAll(home.resolve(".npm"));
      var again = npm.run("ci", "--no-audit", "--no-fund");
      assertThat(again.exit()).as(again.output()).isZero();
      assertThat(folder.resolve("node_modules/@lab/tool/package.json")).exists();

      Files.writeString(
          folder.resolve(".npmrc"),
          "//127.0.0.1:" + npmPort(home) + "/npm/:_authToken=of-the-task");
      var published = npm.run("publish", "--no-fund");
      assertThat(published.exit()).isNotZero();
      assertThat(published.output()).contains("403");
    }
  }

  @Test
  void pipDownloadsAFileThatTheIndexNamesOnAnotherServer() throws Exception {
    String wheel = TinyPackages.wheelName("hello");
    TinyPackages.pypi(upstream, "/pypi/simple/", "hello", files.url() + "/files/" + wheel);
    files.put("/files/" + wheel, "application/zip", TinyPackages.wheel("hello"));
    TinyPackages.pypi(
        upstream, "/extra/simple/", "other", "../../files/other-1.0.0-py3-none-any.whl");
    upstream.put(
        "/extra/files/other-1.0.0-py3-none-any.whl",
        "application/zip",
        TinyPackages.wheel("other"));
    setting(
        "~/.config/pip/pip.conf",
        """
        [global]
        index-url = http://ci:pw@127.0.0.1:PORT/pypi/simple/
        extra-index-url = http://ci:pw@127.0.0.1:PORT/extra/simple/
        """);

    try (var inside = InsideWorld.of(found())) {
      inside.writeHome(home);
      var result =
          python()
              .run(
                  "-m",
                  "pip",
                  "--disable-pip-version-check",
                  "download",
                  "-d",
                  "out",
                  "hello",
                  "other");

      assertThat(result.exit()).as(result.output()).isZero();
    }
    assertThat(folder.resolve("out/" + wheel)).hasBinaryContent(TinyPackages.wheel("hello"));
    assertThat(folder.resolve("out/other-1.0.0-py3-none-any.whl")).exists();
  }

  @Test
  void goDownloadsAModule() throws Exception {
    TinyPackages.go(upstream, "/go/", "example.test/hello");
    setting("~/.config/go/env", "GOPROXY=http://ci:pw@127.0.0.1:PORT/go\nGONOSUMDB=example.test\n");

    try (var inside = InsideWorld.of(found())) {
      inside.writeHome(home);
      var result =
          ClientProgram.find("go", home, folder)
              .run(WRITABLE, "mod", "download", "-json", "example.test/hello@latest");

      assertThat(result.exit()).as(result.output()).isZero();
      assertThat(result.output()).contains(TinyPackages.goSum("example.test/hello"));
    }
  }

  @Test
  void goVerifiesModulesAlthoughItsProxyHasNoDatabase() throws Exception {
    TinyPackages.go(upstream, "/go/", "example.test/hello");
    TinyPackages.go(upstream, "/go/", "example.test/other");
    byte[] zip = TinyPackages.goZip("example.test/other");
    upstream.put("/go/example.test/hello/@v/v1.0.0.zip", "application/zip", zip);
    String key = GoSumDouble.put(files, "sum.test", "example.test/hello");
    setting(
        "~/.config/go/env",
        "GOPROXY=http://ci:pw@127.0.0.1:PORT/go\nGOSUMDB=" + key + " " + files.url() + "\n");

    try (var inside = InsideWorld.of(found())) {
      inside.writeHome(home);
      var go = ClientProgram.find("go", home, folder);
      var forged = go.run(WRITABLE, "mod", "download", "example.test/hello@v1.0.0");
      assertThat(forged.exit()).as(forged.output()).isNotZero();
      assertThat(forged.output()).containsAnyOf("checksum mismatch", "unexpected file");

      TinyPackages.go(upstream, "/go/", "example.test/hello");
      var genuine = go.run(WRITABLE, "mod", "download", "example.test/hello@v1.0.0");
      assertThat(genuine.exit()).as(genuine.output()).isZero();
    }
    assertThat(files.requests()).extracting(SeenRequest::target).contains("/tile/8/0/000.p/1");
  }

  @Test
  void cargoFetchesFromAReplacedSourceAndFromANamedRegistry() throws Exception {
    TinyPackages.cargo(upstream, "/crates/", "hello", upstream.url() + "/crates/dl");
    upstream.put(
        "/crates/dl/hello/1.0.0/download", "application/gzip", TinyPackages.crate("hello"));
    TinyPackages.cargo(
        upstream, "/lab/", "tool", upstream.url() + "/files/{crate}-{version}.crate");
    upstream.put("/files/tool-1.0.0.crate", "application/gzip", TinyPackages.crate("tool"));
    setting(
        "~/.cargo/config.toml",
        """
        [source.crates-io]
        replace-with = "company"
        [source.company]
        registry = "sparse+URL/crates/"
        [registries.lab]
        index = "sparse+URL/lab/"
        """);
    setting(
        "~/.cargo/credentials.toml",
        "[registries.company]\ntoken = \"BASIC\"\n[registries.lab]\ntoken = \"BASIC\"\n"
            .replace("BASIC", BASIC));
    project(
        "Cargo.toml",
        """
        [package]
        name = "project"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        hello = "1"
        tool = { version = "1", registry = "lab" }
        """);
    project("src/lib.rs", "");

    try (var inside = InsideWorld.of(found())) {
      inside.writeHome(home);
      var cargo = ClientProgram.find("cargo", home, folder);
      var result = cargo.run(rustup(cargo), "fetch");

      assertThat(result.exit()).as(result.output()).isZero();
      assertThat(Files.readString(folder.resolve("Cargo.lock")))
          .contains("registry+https://github.com/rust-lang/crates.io-index")
          .contains("sparse+" + upstream.url() + "/lab/");

      String index = cargoIndex(home);
      var published =
          cargo.run(
              rustup(cargo),
              "publish",
              "--index",
              index,
              "--token",
              "x",
              "--no-verify",
              "--allow-dirty");
      assertThat(published.output()).contains("does not support API commands");
      assertThat(published.exit()).isNotZero();
    }
  }

  /** A toolchain that rustup manages is found from rustup's own folder. */
  private static Map<String, String> rustup(ClientProgram cargo) {
    Path folder = cargo.program().getParent().getParent().resolveSibling(".rustup");
    return Files.isDirectory(folder) ? Map.of("RUSTUP_HOME", folder.toString()) : Map.of();
  }

  private ClientProgram python() throws IOException, InterruptedException {
    var shim = new ProcessBuilder("python3", "-c", "import pip, sys; print(sys.executable)");
    Process process = shim.start();
    String path = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assumeTrue(process.waitFor() == 0, "SKIPPED: this machine has no python3 with pip");
    return new ClientProgram(Path.of(path), home, folder);
  }

  private static String npmPort(Path home) throws IOException {
    try (Stream<String> lines = Files.lines(home.resolve(".npmrc"))) {
      return lines
          .filter(line -> line.startsWith("registry="))
          .map(line -> line.replaceFirst(".*:([0-9]+)/.*", "$1"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String cargoIndex(Path home) throws IOException {
    String config = Files.readString(home.resolve(".cargo/config.toml"));
    return config.replaceFirst("(?s).*avatar-crates-io\"\\]\\s+registry = \"([^\"]+)\".*", "$1");
  }

  private RegistrySetup found() {
    return Discovery.of(machine());
  }

  private Machine machine() {
    return new Machine(root, root.resolve("operator"), Map.of());
  }

  private void setting(String path, String text) throws IOException {
    write(root.resolve("operator").resolve(path.substring(2)), text);
  }

  private void project(String path, String text) throws IOException {
    write(folder.resolve(path), text);
  }

  private void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, text.replace("URL", upstream.url().toString()).replace("PORT", "" + upstream.port()));
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
