package io.numa.avatar.cli.command;

import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.port.PortException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks that commits can be signed, before any task begins. */
final class SigningCheck {
  private SigningCheck() {}

  /**
   * Fails if the configured signing key cannot sign.
   *
   * @throws UsageException if a signing key is configured and cannot sign
   */
  static void require(Avatar avatar) {
    try {
      avatar.repository().requireSigningKey();
    } catch (PortException e) {
      throw new UsageException(e.getMessage());
    }
  }

  static List<CheckResult> find(Optional<Path> key, Avatar avatar) {
    if (key.isEmpty()) {
      return List.of();
    }
    String subject = "git.signing_key " + key.get();
    try {
      avatar.repository().requireSigningKey();
      return List.of(CheckResult.good(subject, "can sign commits"));
    } catch (PortException e) {
      return List.of(CheckResult.bad(subject, e.getMessage()));
    }
  }
}
