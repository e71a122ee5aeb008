package io.numa.avatar.egress.registry.discovery;

import static io.numa.avatar.egress.registry.RegistryKind.MAVEN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/**
 * The registries of Maven: mirrors, the repositories of active profiles that no mirror stands for,
 * and Maven Central unless a mirror does.
 *
 * <p>The user's settings win over those of the installation.
 */
final class MavenSettings {
  private static final String CENTRAL = "central";
  private static final String CENTRAL_URL = "https://repo.maven.apache.org/maven2";

  private final Findings findings;
  private final MavenVariables variables;
  private final MavenServers servers;
  private final Map<String, Found> mirrors = new LinkedHashMap<>();
  private final Map<String, Found> repositories = new LinkedHashMap<>();

  private MavenSettings(Machine machine, Findings findings) {
    this.findings = findings;
    this.variables = new MavenVariables(machine);
    this.servers = new MavenServers(findings);
  }

  static void read(Machine machine, Findings findings) {
    var maven = new MavenSettings(machine, findings);
    files(machine).forEach(maven::readFile);
    maven.report();
  }

  /** The user's file first, then that of the installation that the search path leads to. */
  private static Stream<Path> files(Machine machine) {
    Stream<Path> installations =
        Stream.of(
                machine.variable("MAVEN_HOME").map(machine::at),
                machine.variable("M2_HOME").map(machine::at),
                machine.installation("mvn"))
            .flatMap(Optional::stream)
            .map(home -> home.resolve("conf/settings.xml"));
    return Stream.concat(
        Stream.of(machine.at("~/.m2/settings.xml")),
        Stream.concat(installations, Stream.of(machine.at("/etc/maven/settings.xml")))
            .filter(Files::isRegularFile)
            .limit(1));
  }

  private void readFile(Path file) {
    findings
        .read(file)
        .ifPresent(
            bytes -> {
              try {
                read(file, XmlElement.read(bytes));
              } catch (XMLStreamException e) {
                int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
                findings.note(file + ":" + line, "is not well-formed XML; the file is left out");
              }
            });
  }

  private void read(Path file, XmlElement settings) {
    settings.all("servers", "server").forEach(server -> servers.add(file, server, variables));
    settings.all("mirrors", "mirror").forEach(mirror -> addMirror(file, mirror));
    settings.all("proxies", "proxy").forEach(proxy -> noteProxy(file, proxy));
    Set<String> active = new HashSet<>();
    settings.all("activeProfiles", "activeProfile").forEach(e -> active.add(e.text()));
    settings
        .all("profiles", "profile")
        .filter(profile -> isActive(profile, active))
        .flatMap(MavenSettings::repositories)
        .forEach(repository -> addRepository(file, repository));
  }

  private void noteProxy(Path file, XmlElement proxy) {
    if (!proxy.textOf("active").equals("false")) {
      findings.note(
          file + ":" + proxy.line(), "Maven's proxy is not used; the avatar has its own setting");
    }
  }

  private static boolean isActive(XmlElement profile, Set<String> active) {
    return active.contains(profile.textOf("id"))
        || profile.all("activation", "activeByDefault").anyMatch(e -> e.text().equals("true"));
  }

  private static Stream<XmlElement> repositories(XmlElement profile) {
    return Stream.concat(
        profile.all("repositories", "repository"),
        profile.all("pluginRepositories", "pluginRepository"));
  }

  private void addMirror(Path file, XmlElement mirror) {
    if (!mirror.textOf("blocked").equals("true")) {
      String covers = variables.in(mirror.textOf("mirrorOf"));
      var found = found(file, mirror, Optional.of(covers));
      mirrors.putIfAbsent(found.name(), found);
    }
  }

  private void addRepository(Path file, XmlElement repository) {
    var found = found(file, repository, Optional.empty());
    repositories.putIfAbsent(found.name(), found);
  }

  private Found found(Path file, XmlElement element, Optional<String> covers) {
    XmlElement url = element.child("url").orElse(element);
    String id = variables.in(element.textOf("id"));
    return new Found(MAVEN, id, Setting.at(file, url.line(), variables.in(url.text())), covers);
  }

  private void report() {
    mirrors.values().forEach(this::add);
    repositories.putIfAbsent(
        CENTRAL, Found.byDefault(MAVEN, CENTRAL, CENTRAL_URL, Optional.of(CENTRAL)));
    repositories.values().stream().filter(this::isDirect).forEach(this::add);
  }

  private void add(Found found) {
    findings.add(found, servers.of(found.name()));
  }

  private boolean isDirect(Found repository) {
    return mirrors.values().stream()
        .map(Found::covers)
        .flatMap(Optional::stream)
        .noneMatch(covers -> MirrorOf.matches(covers, repository.name(), repository.url().value()));
  }
}
