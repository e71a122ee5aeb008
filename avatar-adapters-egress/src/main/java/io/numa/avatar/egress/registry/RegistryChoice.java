package io.numa.avatar.egress.registry;

import io.numa.avatar.port.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * A registry that the configuration names.
 *
 * @param username absent where the password is a token
 */
public record RegistryChoice(
    RegistryKind kind, URI url, Optional<String> username, Optional<Secret> password) {

  /** How to log in; a password without a user name is a token, sent as the kind's client does. */
  public Optional<Login> login() {
    return password.map(
        secret ->
            username
                .map(user -> Login.basic(user, secret))
                .orElseGet(
                    () -> kind == RegistryKind.CARGO ? Login.bare(secret) : Login.bearer(secret)));
  }
}
