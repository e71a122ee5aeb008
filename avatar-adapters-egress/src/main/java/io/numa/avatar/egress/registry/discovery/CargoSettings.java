package io.numa.avatar.egress.registry.discovery;

import static io.numa.avatar.egress.registry.RegistryKind.CARGO;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.port.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The registries of Cargo: crates.io or what replaces it, and the named ones. Only sparse ones are
 * served, as the others are Git repositories.
 */
final class CargoSettings {
  private static final String CRATES_IO = "crates-io";
  private static final String DEFAULT_URL = "https://index.crates.io/";
  private static final String SPARSE = "sparse+";
  private static final Pattern VARIABLE =
      Pattern.compile("CARGO_REGISTRIES_([A-Z0-9_]+)_(INDEX|TOKEN)");
  private static final int MOST_REPLACEMENTS = 10;
  private static final TomlMapper TOML = new TomlMapper();

  private final Machine machine;
  private final Findings findings;
  private final Map<String, Setting> indexes = new LinkedHashMap<>();
  private final Map<String, String> replacements = new LinkedHashMap<>();
  private final Map<String, Secret> tokens = new LinkedHashMap<>();

  private CargoSettings(Machine machine, Findings findings) {
    this.machine = machine;
    this.findings = findings;
  }

  static void read(Machine machine, Findings findings) {
    var cargo = new CargoSettings(machine, findings);
    Path home = machine.named("CARGO_HOME", "~/.cargo");
    // Cargo reads the file without an ending where both exist.
    cargo.first(home, "config", "config.toml").ifPresent(cargo::readConfig);
    cargo.first(home, "credentials", "credentials.toml").ifPresent(cargo::readTokens);
    cargo.readVariables();
    cargo.report();
  }

  private Optional<Path> first(Path home, String... names) {
    return Stream.of(names).map(home::resolve).filter(Files::isRegularFile).findFirst();
  }

  private Optional<JsonNode> toml(Path file) {
    return findings
        .read(file)
        .flatMap(
            bytes -> {
              try {
                return Optional.of(TOML.readTree(bytes));
              } catch (JsonProcessingException e) {
                int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
                findings.note(file + ":" + line, "is not valid TOML; the file is left out");
              } catch (IOException e) {
                findings.note(file.toString(), "could not be read");
              }
              return Optional.empty();
            });
  }

  private void readConfig(Path file) {
    Optional<JsonNode> config = toml(file);
    if (config.isPresent()) {
      findings.noteCertificates(
          Optional.of(config.get().path("http").path("cainfo").asText(""))
              .filter(certificates -> !certificates.isEmpty())
              .map(certificates -> new Setting(certificates, file + " [http]")));
      for (var source : config.get().path("source").properties()) {
        readSource(file, source.getKey(), source.getValue());
      }
      for (var registry : config.get().path("registries").properties()) {
        index(file, registry.getKey(), registry.getValue().path("index"));
        token(registry.getKey(), registry.getValue());
      }
    }
  }

  private void readSource(Path file, String name, JsonNode source) {
    index(file, name, source.path("registry"));
    if (source.has("replace-with")) {
      replacements.put(name, source.path("replace-with").asText());
    }
    Stream.of("directory", "local-registry", "git")
        .filter(source::has)
        .forEach(
            kind ->
                findings.note(
                    file + " [source." + name + "]", "is a " + kind + "; it is left alone"));
  }

  private void index(Path file, String name, JsonNode index) {
    if (index.isTextual()) {
      indexes.putIfAbsent(name, new Setting(index.asText(), file + " [" + name + "]"));
    }
  }

  private void readTokens(Path file) {
    Optional<JsonNode> credentials = toml(file);
    if (credentials.isPresent()) {
      for (var registry : credentials.get().path("registries").properties()) {
        token(registry.getKey(), registry.getValue());
      }
    }
  }

  private void token(String name, JsonNode registry) {
    String token = registry.path("token").asText("");
    if (!token.isEmpty()) {
      tokens.put(name, new Secret(token));
    }
  }

  /** A variable's name has the registry's in upper case, with underscores. */
  private void readVariables() {
    machine
        .environment()
        .forEach(
            (variable, value) -> {
              Matcher named = VARIABLE.matcher(variable);
              if (named.matches() && !value.isBlank()) {
                read(variable, known(named.group(1)), named.group(2), value);
              }
            });
  }

  private void read(String variable, String registry, String what, String value) {
    if (what.equals("INDEX")) {
      indexes.put(registry, new Setting(value, "variable " + variable));
    } else {
      tokens.put(registry, new Secret(value));
    }
  }

  private String known(String upper) {
    return indexes.keySet().stream()
        .filter(name -> name.toUpperCase(Locale.ROOT).replace('-', '_').equals(upper))
        .findFirst()
        .orElse(upper.toLowerCase(Locale.ROOT));
  }

  private void report() {
    Setting crates = Found.byDefault(CARGO, "", SPARSE + DEFAULT_URL, Optional.empty()).url();
    indexes.putIfAbsent(CRATES_IO, crates);
    indexes.forEach(
        (name, index) -> {
          String source = replaced(name);
          boolean isTarget = replacements.containsValue(name);
          if (!isTarget && indexes.containsKey(source)) {
            add(name, index, source);
          }
        });
  }

  private String replaced(String name) {
    String current = name;
    for (int i = 0; i < MOST_REPLACEMENTS && replacements.containsKey(current); i++) {
      current = replacements.getOrDefault(current, current);
    }
    return current;
  }

  private void add(String name, Setting original, String source) {
    Setting index = indexes.getOrDefault(source, original);
    if (!index.value().startsWith(SPARSE)) {
      findings.note(
          index.place(),
          "the index is a Git repository; only an index that begins with sparse+ is served");
      return;
    }
    Optional<Login> login = Optional.ofNullable(tokens.get(source)).map(Login::bare);
    Optional<String> covers =
        name.equals(CRATES_IO) ? Optional.empty() : Optional.of(original.value());
    String url = index.value().substring(SPARSE.length());
    findings.add(new Found(CARGO, name, index.with(url), covers), login);
  }
}
