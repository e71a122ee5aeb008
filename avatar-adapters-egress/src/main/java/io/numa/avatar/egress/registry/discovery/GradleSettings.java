package io.numa.avatar.egress.registry.discovery;

import static io.numa.avatar.egress.registry.RegistryKind.GRADLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The registries of Gradle: those that its build scripts name by a word. Init scripts are programs,
 * so other registries cannot be found.
 */
final class GradleSettings {
  private static final Map<String, String> KNOWN =
      new TreeMap<>(
          Map.of(
              "mavenCentral", "https://repo.maven.apache.org/maven2",
              "gradlePluginPortal", "https://plugins.gradle.org/m2",
              "google", "https://dl.google.com/dl/android/maven2"));

  private GradleSettings() {}

  static void read(Machine machine, Findings findings) {
    KNOWN.forEach(
        (name, url) ->
            findings.add(Found.byDefault(GRADLE, name, url, Optional.of(url)), Optional.empty()));
    Path home = machine.named("GRADLE_USER_HOME", "~/.gradle");
    scripts(home, findings)
        .forEach(
            script ->
                findings.note(
                    script.toString(),
                    "is a program; if it names registries, list them under sandbox.registries"));
    IniFile.read(home.resolve("gradle.properties"), false, findings)
        .forEach(
            (key, setting) -> {
              if (key.matches("systemProp\\.https?\\.proxyHost")) {
                findings.note(
                    setting.place(), "Gradle's proxy is not used; the avatar has its own setting");
              }
            });
  }

  private static Stream<Path> scripts(Path home, Findings findings) {
    return Stream.of(
            Stream.of(home.resolve("init.gradle"), home.resolve("init.gradle.kts"))
                .filter(Files::isRegularFile),
            listed(home.resolve("init.d"), findings))
        .flatMap(files -> files);
  }

  private static Stream<Path> listed(Path folder, Findings findings) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().matches(".*\\.gradle(\\.kts)?"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      findings.note(folder.toString(), "could not be listed");
      return Stream.empty();
    }
  }
}
