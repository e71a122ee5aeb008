package io.numa.avatar.egress.registry.discovery;

import static io.numa.avatar.egress.registry.RegistryKind.GO;

import io.numa.avatar.egress.registry.GoSetup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The module proxies of Go, and its settings of verification. */
final class GoSettings {
  private static final String DEFAULT_PROXIES = "https://proxy.golang.org,direct";
  private static final Pattern STEP = Pattern.compile("([^,|]+)([,|]?)");

  /** What is told to Go inside as it is: what it verifies, and which modules are private. */
  private static final List<String> KEPT =
      List.of("GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GONOPROXY");

  private final Findings findings;
  private final Netrc netrc;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private GoSettings(Findings findings, Netrc netrc) {
    this.findings = findings;
    this.netrc = netrc;
  }

  static GoSetup read(Machine machine, Findings findings, Netrc netrc) {
    var go = new GoSettings(findings, netrc);
    go.readFile(machine);
    machine
        .environment()
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                go.settings.put(name, new Setting(value, "variable " + name));
              }
            });
    return new GoSetup(go.proxies(), go.kept());
  }

  private void readFile(Machine machine) {
    String config = machine.variable("XDG_CONFIG_HOME").orElse("~/.config");
    String file = machine.variable("GOENV").orElse(config + "/go/env");
    if (!file.equals("off")) {
      settings.putAll(IniFile.read(machine.at(file), false, findings));
    }
  }

  private Map<String, String> kept() {
    Map<String, String> kept = new TreeMap<>();
    for (String name : KEPT) {
      Optional.ofNullable(settings.get(name)).ifPresent(s -> kept.put(name, s.value()));
    }
    return kept;
  }

  /** Reports the proxies, and puts their numbers in place of their URLs. */
  private String proxies() {
    Setting found =
        settings.getOrDefault(
            "GOPROXY", Found.byDefault(GO, "", DEFAULT_PROXIES, Optional.empty()).url());
    var proxies = new StringBuilder();
    Matcher step = STEP.matcher(found.value());
    int before = findings.registries().size();
    boolean ended = false;
    while (!ended && step.find()) {
      String place = step.group(1).strip();
      ended = place.equals("direct") || place.equals("off");
      proxies.append(ended ? place : proxy(found.with(place), before)).append(step.group(2));
    }
    return proxies.toString().replaceFirst("[,|]$", "");
  }

  private String proxy(Setting url, int before) {
    int number = findings.registries().size() - before;
    findings.add(new Found(GO, "proxy" + (number + 1), url, Optional.empty()), netrc.login(url));
    boolean served = findings.registries().size() - before > number;
    return served ? "{" + number + "}" : "";
  }
}
