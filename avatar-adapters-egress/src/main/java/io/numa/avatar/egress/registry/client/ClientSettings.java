package io.numa.avatar.egress.registry.client;

import io.numa.avatar.egress.registry.GoSetup;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import io.numa.avatar.egress.registry.RegistrySetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The settings files of package clients, none of which holds a login. */
public final class ClientSettings {
  private final RegistrySetup setup;

  public ClientSettings(RegistrySetup setup) {
    this.setup = setup;
  }

  /**
   * The files by their path relative to HOME.
   *
   * @param ports the port of each registry on the sandbox's loopback, in the setup's order
   */
  public Map<Path, String> files(List<Integer> ports) {
    Map<Path, String> files = new TreeMap<>();
    files.put(Path.of(".m2/settings.xml"), MavenFile.text(inside(RegistryKind.MAVEN, ports)));
    files.put(
        Path.of(".gradle/init.d/avatar-registries.gradle"),
        GradleFile.text(inside(RegistryKind.GRADLE, ports)));
    files.put(Path.of(".npmrc"), npm(inside(RegistryKind.NPM, ports)));
    files.put(Path.of(".config/pip/pip.conf"), pip(inside(RegistryKind.PYPI, ports)));
    files.put(Path.of(".config/go/env"), go(setup.go(), inside(RegistryKind.GO, ports)));
    files.put(Path.of(".cargo/config.toml"), CargoFile.text(inside(RegistryKind.CARGO, ports)));
    return files;
  }

  private List<Inside> inside(RegistryKind kind, List<Integer> ports) {
    List<Inside> inside = new ArrayList<>();
    for (int i = 0; i < setup.registries().size(); i++) {
      Registry registry = setup.registries().get(i);
      if (registry.kind() == kind) {
        inside.add(new Inside(registry, ports.get(i)));
      }
    }
    return inside;
  }

  /**
   * npm puts the registry's host in place of the hosts that lock files and packages name, so that
   * lock files keep the addresses that are valid outside.
   */
  private static String npm(List<Inside> registries) {
    var text = new StringBuilder("replace-registry-host=always\n");
    boolean named = false;
    for (Inside one : registries) {
      if (!one.covers().isEmpty()) {
        text.append(one.covers()).append(":registry=").append(one.url()).append("/\n");
      } else if (!named) {
        text.append("registry=").append(one.url()).append("/\n");
        named = true;
      }
    }
    return text.toString();
  }

  private static String pip(List<Inside> indexes) {
    if (indexes.isEmpty()) {
      return "[global]\nno-index = true\n";
    }
    var text = new StringBuilder("[global]\n");
    text.append("index-url = ").append(indexes.get(0).url()).append("/\n");
    if (indexes.size() > 1) {
      text.append("extra-index-url =\n");
      indexes.stream()
          .skip(1)
          .forEach(index -> text.append("    ").append(index.url()).append("/\n"));
    }
    return text.toString();
  }

  private static String go(GoSetup setup, List<Inside> proxies) {
    String order = setup.proxies();
    for (int i = 0; i < proxies.size(); i++) {
      order = order.replace("{" + i + "}", proxies.get(i).url());
    }
    var text = new StringBuilder("GOPROXY=").append(order).append('\n');
    new TreeMap<>(setup.environment())
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString();
  }
}
