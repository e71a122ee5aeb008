package io.numa.avatar.nats.settings;

import io.numa.avatar.port.Secret;
import java.nio.file.Path;

/** How an avatar logs in to the servers. Files are read anew for each connection. */
public sealed interface NatsLogin {
  /** No login. */
  record None() implements NatsLogin {}

  record Token(Secret token) implements NatsLogin {}

  record Password(String user, Secret password) implements NatsLogin {}

  /** A file that {@code nsc} writes: a user's JWT and its seed. */
  record CredentialsFile(Path file) implements NatsLogin {}

  /** A file that holds the seed of a user's NKey, which begins with {@code SU}. */
  record NkeyFile(Path file) implements NatsLogin {}
}
