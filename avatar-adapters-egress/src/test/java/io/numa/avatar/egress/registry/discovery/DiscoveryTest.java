package io.numa.avatar.egress.registry.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryChoice;
import io.numa.avatar.egress.registry.RegistryKind;
import io.numa.avatar.egress.registry.RegistrySetup;
import io.numa.avatar.port.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  @TempDir Path root;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void aMachineWithoutSettingsUsesEachClientsOwnRegistries() {
    var setup = find();

    assertThat(setup.registries().stream().map(DiscoveryTest::shown))
        .containsExactly(
            "maven central https://repo.maven.apache.org/maven2 - [central]",
            "gradle google https://dl.google.com/dl/android/maven2 -"
                + " [https://dl.google.com/dl/android/maven2]",
            "gradle gradlePluginPortal https://plugins.gradle.org/m2 -"
                + " [https://plugins.gradle.org/m2]",
            "gradle mavenCentral https://repo.maven.apache.org/maven2 -"
                + " [https://repo.maven.apache.org/maven2]",
            "npm npm https://registry.npmjs.org/ - []",
            "pypi pypi https://pypi.org/simple - []",
            "go proxy1 https://proxy.golang.org - []",
            "cargo crates-io https://index.crates.io/ - []");
    assertThat(setup.registries()).extracting(Registry::origin).containsOnly("default");
    assertThat(setup.go().proxies()).isEqualTo("{0},direct");
    assertThat(setup.notes()).isEmpty();
  }

  @Test
  void readsMavensMirrorsServersAndActiveProfiles() throws IOException {
    environment.put("NEXUS_PASSWORD", "from the environment");
    write(
        "~/.m2/settings.xml",
        """
        <?xml version="1.0"?>
        <settings xmlns="http://maven.apache.org/SETTINGS/1.2.0">
          <servers>
            <server><id>company</id><username>ci</username><password>${env.NEXUS_PASSWORD}</password></server>
            <server><id>sealed</id><username>ci</username><password>{jSMOWnoPFgsHVpMvz5VrIt5kRbzGpI8u}</password></server>
            <server><id>lab</id><configuration><httpHeaders><property><name>Private-Token</name>
              <value>lab token</value></property></httpHeaders></configuration></server>
          </servers>
          <mirrors>
            <mirror><id>company</id><mirrorOf>central,shared</mirrorOf><url>https://nexus.example/all/</url></mirror>
            <mirror><id>shut</id><mirrorOf>x</mirrorOf><url>http://0.0.0.0/</url><blocked>true</blocked></mirror>
          </mirrors>
          <proxies><proxy><host>proxy.example</host></proxy></proxies>
          <profiles>
            <profile><id>on</id>
              <repositories>
                <repository><id>shared</id><url>https://shared.example/m2</url></repository>
                <repository><id>sealed</id><url>https://sealed.example/m2</url></repository>
              </repositories>
              <pluginRepositories>
                <pluginRepository><id>lab</id><url>https://lab.example/m2</url></pluginRepository>
              </pluginRepositories>
            </profile>
            <profile><id>off</id><repositories>
              <repository><id>not-active</id><url>https://off.example/m2</url></repository>
            </repositories></profile>
          </profiles>
          <activeProfiles><activeProfile>on</activeProfile></activeProfiles>
        </settings>
        """);
    write(
        "/etc/maven/settings.xml",
        """
        <settings><mirrors>
          <mirror><id>company</id><mirrorOf>*</mirrorOf><url>https://lost.example/</url></mirror>
          <mirror><id>machine</id><mirrorOf>more</mirrorOf><url>https://machine.example/m2</url></mirror>
        </mirrors></settings>
        """);

    var setup = find();

    assertThat(of(setup, RegistryKind.MAVEN))
        .containsExactly(
            "maven company https://nexus.example/all/ Basic ci:from the environment [central,shared]",
            "maven machine https://machine.example/m2 - [more]",
            "maven sealed https://sealed.example/m2 - []",
            "maven lab https://lab.example/m2 Private-Token lab token []");
    assertThat(setup.registries().get(0).origin()).isEqualTo(home("~/.m2/settings.xml") + ":10");
    assertThat(setup.notes())
        .containsExactly(
            home("~/.m2/settings.xml")
                + ":5: the password of server sealed is encrypted, which only Maven can read; list"
                + " the registry under sandbox.registries with its password_file",
            home("~/.m2/settings.xml")
                + ":13: Maven's proxy is not used; the avatar has its own setting");
  }

  @Test
  void readsTheSettingsOfTheMavenThatTheSearchPathLeadsTo() throws IOException {
    write("/opt/maven/bin/mvn", "").toFile().setExecutable(true);
    write(
        "/opt/maven/conf/settings.xml",
        """
        <settings><mirrors>
          <mirror><id>m</id><mirrorOf>*</mirrorOf><url>https://installed.example/</url></mirror>
        </mirrors></settings>
        """);
    environment.put("PATH", "relative:/none:/opt/maven/bin");

    assertThat(of(find(), RegistryKind.MAVEN))
        .containsExactly("maven m https://installed.example/ - [*]");
  }

  @Test
  void neverReadsOtherFilesForTheEntitiesOfAnXmlFile() throws IOException {
    Path secret = write("/etc/secret", "hidden.example");
    write(
        "~/.m2/settings.xml",
        """
        <!DOCTYPE settings [<!ENTITY x SYSTEM "%s">]>
        <settings><mirrors>
          <mirror><id>m</id><mirrorOf>*</mirrorOf><url>https://&x;/</url></mirror>
        </mirrors></settings>
        """
            .formatted(secret.toUri()));

    var setup = find();

    assertThat(setup.registries()).noneMatch(r -> r.url().toString().contains("hidden"));
    assertThat(setup.notes()).hasSize(1);
  }

  @Test
  void readsNpmsRegistriesScopesAndLogins() throws IOException {
    environment.put("NPM_TOKEN", "t1");
    write(
        "~/.npmrc",
        """
        ; a comment
        registry = "https://nexus.example/repository/npm"
        //nexus.example/repository/:_authToken=${NPM_TOKEN}
        @lab:registry=https://lab.example:8443/npm/
        //lab.example:8443/npm/:username=ci
        //lab.example:8443/npm/:_password=%s
        @old:registry=https://old.example/
        //old.example/:_auth=Y2k6cHc=
        @open:registry=https://nexus.example:8443/repository/
        @unset:registry=https://unset.example/
        //unset.example/:_authToken=${NOT_SET}
        """
            .formatted(Base64.getEncoder().encodeToString("pass word".getBytes(UTF_8))));
    write("/etc/npmrc", "registry=https://lost.example/\n@etc:registry=https://etc.example/");

    var setup = find();

    assertThat(of(setup, RegistryKind.NPM))
        .containsExactly(
            "npm npm https://nexus.example/repository/npm Bearer t1 []",
            "npm @etc https://etc.example/ - [@etc]",
            "npm @lab https://lab.example:8443/npm/ Basic ci:pass word [@lab]",
            "npm @old https://old.example/ Basic ci:pw [@old]",
            "npm @open https://nexus.example:8443/repository/ - [@open]",
            "npm @unset https://unset.example/ - [@unset]");
    assertThat(setup.notes())
        .containsExactly(home("~/.npmrc") + ":11: names a variable that is not set");
  }

  @Test
  void npmsVariablesWinOverItsFiles() throws IOException {
    write("~/.npmrc", "registry=https://file.example/");
    write("/custom", "registry=https://custom.example/\n");
    environment.put("NPM_CONFIG_USERCONFIG", "/custom");
    assertThat(of(find(), RegistryKind.NPM))
        .containsExactly("npm npm https://custom.example/ - []");

    environment.put("npm_config_registry", "https://variable.example/");
    environment.put("npm_config_//variable.example/:_authToken", "t");

    assertThat(of(find(), RegistryKind.NPM))
        .containsExactly("npm npm https://variable.example/ Bearer t []");
  }

  @Test
  void readsPipsIndexesAndLogins() throws IOException {
    write(
        "~/.config/pip/pip.conf",
        """
        [global]
        index-url = https://ci:pass%40word@nexus.example/repository/pypi/simple
        extra-index-url =
            https://netrc.example/simple
            https://open.example/simple
            https://netrc.example:8443/simple
        find-links = /opt/wheels
        [list]
        format = columns
        """);
    write("/etc/pip.conf", "[global]\nindex-url = https://lost.example/simple\n");
    write(
        "~/.netrc", "machine netrc.example login bob password secret\ndefault login a password b");

    var setup = find();

    assertThat(of(setup, RegistryKind.PYPI))
        .containsExactly(
            "pypi pypi https://nexus.example/repository/pypi/simple Basic ci:pass@word []",
            "pypi extra https://netrc.example/simple Basic bob:secret []",
            "pypi extra https://open.example/simple - []",
            "pypi extra https://netrc.example:8443/simple - []");
    assertThat(setup.notes()).isEmpty();
  }

  @Test
  void pipsVariablesWinAndFilesAreNoRegistries() throws IOException {
    write("~/.config/pip/pip.conf", "[global]\nindex-url = https://lost.example/simple\n");
    environment.put("PIP_INDEX_URL", "file:///srv/index");
    environment.put("PIP_EXTRA_INDEX_URL", "https://a.example/simple https://b.example/simple");

    var setup = find();

    assertThat(of(setup, RegistryKind.PYPI))
        .containsExactly(
            "pypi extra https://a.example/simple - []", "pypi extra https://b.example/simple - []");
    assertThat(setup.notes())
        .containsExactly(
            "variable PIP_INDEX_URL: only http and https registries are served; this one is left"
                + " alone");

    environment.put("PIP_NO_INDEX", "1");
    assertThat(of(find(), RegistryKind.PYPI)).isEmpty();
  }

  @Test
  void readsGosProxiesAndWhatItVerifies() throws IOException {
    write(
        "~/.config/go/env",
        """
        GOPROXY=https://ci:pw@athens.example|https://netrc.example/go,direct,https://lost.example
        GONOSUMDB=*.corp.example
        GOFLAGS=-mod=mod
        """);
    write("~/.netrc", "machine netrc.example\nlogin bob\npassword secret\n");
    environment.put("GOPRIVATE", "private.example");

    var setup = find();

    assertThat(of(setup, RegistryKind.GO))
        .containsExactly(
            "go proxy1 https://athens.example Basic ci:pw []",
            "go proxy2 https://netrc.example/go Basic bob:secret []");
    assertThat(setup.go().proxies()).isEqualTo("{0}|{1},direct");
    assertThat(setup.go().environment())
        .isEqualTo(Map.of("GONOSUMDB", "*.corp.example", "GOPRIVATE", "private.example"));
  }

  @Test
  void goWithoutProxiesStaysWithoutProxies() {
    environment.put("GOPROXY", "off");

    var setup = find();

    assertThat(of(setup, RegistryKind.GO)).isEmpty();
    assertThat(setup.go().proxies()).isEqualTo("off");
  }

  @Test
  void readsCargosReplacementsRegistriesAndTokens() throws IOException {
    write(
        "~/.cargo/config.toml",
        """
        [source.crates-io]
        replace-with = "company"
        [source.company]
        registry = "sparse+https://nexus.example/repository/cargo/"
        [registries.lab]
        index = "sparse+https://lab.example/index/"
        [registries.old]
        index = "https://old.example/index.git"
        [source.vendored]
        directory = "vendor"
        """);
    write("~/.cargo/credentials.toml", "[registries.company]\ntoken = \"Bearer t1\"\n");
    environment.put("CARGO_REGISTRIES_LAB_TOKEN", "t2");
    environment.put("CARGO_REGISTRIES_NEW_INDEX", "sparse+https://new.example/");

    var setup = find();

    assertThat(of(setup, RegistryKind.CARGO))
        .containsExactlyInAnyOrder(
            "cargo crates-io https://nexus.example/repository/cargo/ Bearer t1 []",
            "cargo lab https://lab.example/index/ t2 [sparse+https://lab.example/index/]",
            "cargo new https://new.example/ - [sparse+https://new.example/]");
    assertThat(setup.notes())
        .containsExactly(
            home("~/.cargo/config.toml") + " [source.vendored]: is a directory; it is left alone",
            home("~/.cargo/config.toml")
                + " [old]: the index is a Git repository; only an index that begins with sparse+ is"
                + " served");
  }

  @Test
  void malformedFilesAreNotedByPlaceAndTheRestGoesOn() throws IOException {
    write("~/.m2/settings.xml", "<settings>\n<mirrors>\n</settings>");
    write("~/.npmrc", "registry=https://ok.example/\nthis is no setting\n");
    write("~/.cargo/config.toml", "[source]\n\n= 3\n");
    write("~/.config/pip/pip.conf", "[global]\nindex-url = https://bad host/\n");
    write("~/.gradle/init.d/company.gradle", "allprojects {}");

    var setup = find();

    assertThat(setup.notes())
        .containsExactly(
            home("~/.m2/settings.xml") + ":3: is not well-formed XML; the file is left out",
            home("~/.gradle/init.d/company.gradle")
                + ": is a program; if it names registries, list them under sandbox.registries",
            home("~/.npmrc") + ":2: is no setting; this line is left out",
            home("~/.config/pip/pip.conf")
                + ":2: the registry's URL or login is not valid; list the registry under"
                + " sandbox.registries",
            home("~/.cargo/config.toml") + ":3: is not valid TOML; the file is left out");
    assertThat(of(setup, RegistryKind.NPM)).containsExactly("npm npm https://ok.example/ - []");
    assertThat(of(setup, RegistryKind.MAVEN)).hasSize(1);
  }

  @Test
  void certificatesThatOnlyTheClientsTrustAreNoted() throws IOException {
    write("~/.npmrc", "cafile=/opt/company.pem\n");
    write("~/.config/pip/pip.conf", "[global]\ncert = /opt/company.pem\n");
    write("~/.cargo/config.toml", "[http]\ncainfo = \"/opt/company.pem\"\n");
    assertThat(find().notes()).hasSize(3).allMatch(note -> note.contains("certificates"));

    environment.put("PIP_CERT", "/etc/ssl/certs/ca-certificates.crt");
    environment.put("npm_config_cafile", "/etc/pki/tls/cert.pem");
    assertThat(find().notes()).hasSize(1);
  }

  @Test
  void whatIsFoundIsPrintedWithoutItsSecrets() throws IOException {
    write("~/.npmrc", "registry=https://u:hidden1@ok.example/\n//ok.example/:_authToken=hidden2");

    assertThat(find().toString()).doesNotContain("hidden");
  }

  @Test
  void aListOfRegistriesIsUsedInPlaceOfTheMachines() throws IOException {
    write("~/.npmrc", "registry=https://machine.example/");
    environment.put("GONOSUMDB", "corp.example");
    var password = Optional.of(new Secret("pw"));
    var choices =
        List.of(
            choice(RegistryKind.MAVEN, "https://nexus.example/m2", Optional.of("ci"), password),
            choice(RegistryKind.CARGO, "https://nexus.example/c/", Optional.empty(), password),
            choice(RegistryKind.NPM, "https://nexus.example/npm/", Optional.empty(), password),
            choice(
                RegistryKind.GO, "https://nexus.example/go", Optional.empty(), Optional.empty()));

    var setup = Discovery.of(choices, machine());

    assertThat(setup.registries().stream().map(DiscoveryTest::shown))
        .containsExactly(
            "maven maven1 https://nexus.example/m2 Basic ci:pw [*]",
            "npm npm1 https://nexus.example/npm/ Bearer pw []",
            "go go1 https://nexus.example/go - []",
            "cargo crates-io https://nexus.example/c/ pw []");
    assertThat(setup.go().proxies()).isEqualTo("{0}");
    assertThat(setup.go().environment()).isEqualTo(Map.of("GONOSUMDB", "corp.example"));
  }

  private static RegistryChoice choice(
      RegistryKind kind, String url, Optional<String> user, Optional<Secret> password) {
    return new RegistryChoice(kind, URI.create(url), user, password);
  }

  private RegistrySetup find() {
    return Discovery.of(machine());
  }

  private Machine machine() {
    return new Machine(root, root.resolve("home/op"), environment);
  }

  private Path home(String path) {
    return machine().at(path);
  }

  private Path write(String path, String text) throws IOException {
    Path file = machine().at(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static List<String> of(RegistrySetup setup, RegistryKind kind) {
    return setup.of(kind).map(DiscoveryTest::shown).toList();
  }

  private static String shown(Registry registry) {
    return String.join(
        " ",
        registry.kind().word(),
        registry.name(),
        registry.url().toString(),
        registry.login().map(DiscoveryTest::shown).orElse("-"),
        registry.covers().map(List::of).orElse(List.of()).toString());
  }

  private static String shown(Login login) {
    String value = login.value().reveal();
    if (value.startsWith("Basic ")) {
      return "Basic " + new String(Base64.getDecoder().decode(value.substring(6)), UTF_8);
    }
    return login.header().equals("Authorization") ? value : login.header() + " " + value;
  }
}
