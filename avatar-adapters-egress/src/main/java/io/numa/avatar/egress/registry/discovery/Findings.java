package io.numa.avatar.egress.registry.discovery;

import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Collects registries and notes while settings are read. Not thread-safe. */
final class Findings {
  private static final long MOST_BYTES = 1 << 20;

  /** What a note says about a value that cannot be used: how to name the registry instead. */
  static final String ADVICE = "list the registry under sandbox.registries";

  /** Java has the certificates of the system, too, where both are from the same distribution. */
  private static final Pattern SYSTEM_CERTIFICATES = Pattern.compile("/etc/(ssl|pki)/");

  private static final Pattern SCHEME = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);

  private final List<Registry> registries = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void note(String place, String text) {
    notes.add(place + ": " + text);
  }

  /**
   * Notes certificates that a client trusts and the avatar does not, unless they are the system's.
   */
  void noteCertificates(Optional<Setting> file) {
    file.filter(setting -> !SYSTEM_CERTIFICATES.matcher(setting.value()).lookingAt())
        .ifPresent(
            setting ->
                note(
                    setting.place(),
                    "names certificates that the avatar does not use; add them to those of its Java"));
  }

  /** The bytes of a settings file; empty if there is none, or if it cannot be read. */
  Optional<byte[]> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        note(file.toString(), "is longer than 1 MiB and is not read");
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      note(file.toString(), "could not be read; " + ADVICE);
      return Optional.empty();
    }
  }

  /**
   * Adds a registry. A user and password in its URL are used where {@code login} is empty. A URL
   * that cannot be served is noted.
   */
  void add(Found found, Optional<Login> login) {
    String text = found.url().value();
    String origin = found.url().place();
    if (!SCHEME.matcher(text).matches()) {
      note(origin, "only http and https registries are served; this one is left alone");
      return;
    }
    try {
      var uri = new URI(text.strip());
      add(found, withoutUser(uri), login.or(() -> UserInfo.login(uri)));
    } catch (URISyntaxException | IllegalArgumentException e) {
      note(origin, "the registry's URL or login is not valid; " + ADVICE);
    }
  }

  private void add(Found found, URI url, Optional<Login> login) {
    var registry =
        new Registry(found.kind(), found.name(), url, login, found.covers(), found.url().place());
    registries.add(registry);
  }

  private static URI withoutUser(URI uri) throws URISyntaxException {
    String user = uri.getRawUserInfo();
    return user == null ? uri : new URI(uri.toString().replaceFirst(Pattern.quote(user + "@"), ""));
  }

  boolean has(RegistryKind kind) {
    return registries.stream().anyMatch(registry -> registry.kind() == kind);
  }

  List<Registry> registries() {
    return registries;
  }

  List<String> notes() {
    return notes;
  }
}
