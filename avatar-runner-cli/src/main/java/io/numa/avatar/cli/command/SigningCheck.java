package io.numa.avatar.cli.command;

import io.numa.avatar.cli.command.common.UsageException;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.port.PortException;

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
}
