package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.Destination;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import java.util.Optional;

/** The tokens of Git hosts. Each is read when it is needed. Safe for use by several threads. */
public final class HostTokens {
  private final GitSettings settings;

  public HostTokens(GitSettings settings) {
    this.settings = settings;
  }

  /**
   * Reads the token of a host, each time from its source.
   *
   * @return empty if no credential of the host has a token
   * @throws PortException as {@link TokenSource#read}
   */
  public Optional<Secret> read(Destination to) {
    return credential(to).map(this::read);
  }

  public Optional<HostCredential> credential(Destination to) {
    return settings.credentials().find(to, one -> one.token().isPresent());
  }

  /** Reads the token of a credential that has one. */
  public Secret read(HostCredential credential) {
    Secret token = credential.token().orElseThrow().read();
    settings.access().redactor().add(token);
    return token;
  }
}
