package io.numa.avatar.egress.registry.discovery;

import static io.numa.avatar.egress.registry.RegistryKind.PYPI;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The indexes of pip: the first one and the additional ones. Files and folders that pip is told to
 * look into are no registries.
 */
final class PipSettings {
  private static final String DEFAULT_URL = "https://pypi.org/simple";

  /** The later ones win, as in pip. */
  private static final List<String> SECTIONS = List.of("global.", "download.", "install.");

  private final Machine machine;
  private final Findings findings;
  private final Netrc netrc;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private PipSettings(Machine machine, Findings findings, Netrc netrc) {
    this.machine = machine;
    this.findings = findings;
    this.netrc = netrc;
  }

  static void read(Machine machine, Findings findings, Netrc netrc) {
    var pip = new PipSettings(machine, findings, netrc);
    String named = machine.variable("PIP_CONFIG_FILE").orElse("");
    if (!named.equals("/dev/null")) {
      pip.files().forEach(pip::readFile);
    }
    List.of("index-url", "extra-index-url", "no-index", "cert").forEach(pip::readVariable);
    pip.report();
  }

  /** The later ones win, as in pip. */
  private Stream<Path> files() {
    String config = machine.variable("XDG_CONFIG_HOME").orElse("~/.config");
    String common = machine.variable("XDG_CONFIG_DIRS").orElse("/etc/xdg").split(":", 2)[0];
    Stream<String> known =
        Stream.of(
            common + "/pip/pip.conf", "/etc/pip.conf", "~/.pip/pip.conf", config + "/pip/pip.conf");
    Stream<String> more =
        Stream.of(
                machine.variable("VIRTUAL_ENV").map(folder -> folder + "/pip.conf"),
                machine.variable("PIP_CONFIG_FILE"))
            .flatMap(Optional::stream);
    return Stream.concat(known, more).map(machine::at);
  }

  private void readFile(Path file) {
    Map<String, Setting> found = IniFile.read(file, true, findings);
    for (String section : SECTIONS) {
      found.forEach(
          (key, setting) -> {
            if (key.startsWith(section)) {
              settings.put(key.substring(section.length()).replace('_', '-'), setting);
            }
          });
    }
  }

  private void readVariable(String option) {
    String name = "PIP_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
    machine
        .variable(name)
        .ifPresent(value -> settings.put(option, new Setting(value, "variable " + name)));
  }

  private void report() {
    findings.noteCertificates(Optional.ofNullable(settings.get("cert")));
    Setting none = settings.get("no-index");
    if (none != null
        && List.of("1", "true", "yes", "on").contains(none.value().toLowerCase(Locale.ROOT))) {
      findings.note(none.place(), "pip uses no index here, so none is served");
      return;
    }
    Setting first = settings.get("index-url");
    add(
        "pypi",
        first == null ? Found.byDefault(PYPI, "", DEFAULT_URL, Optional.empty()).url() : first);
    Setting more = settings.get("extra-index-url");
    if (more != null) {
      Arrays.stream(more.value().split("\\s+"))
          .filter(url -> !url.isEmpty())
          .forEach(url -> add("extra", more.with(url)));
    }
  }

  private void add(String name, Setting url) {
    findings.add(new Found(PYPI, name, url, Optional.empty()), netrc.login(url));
  }
}
