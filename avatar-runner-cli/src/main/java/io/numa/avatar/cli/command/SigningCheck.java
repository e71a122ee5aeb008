package io.numa.avatar.cli.command;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.port.PortException;
import java.util.List;

/** Checks that commits can be signed, before any work that would end with one. */
final class SigningCheck {
  private SigningCheck() {}

  /**
   * Lets nothing begin with a key that cannot sign.
   *
   * @throws UsageException if there is such a key
   */
  static void require(Avatar avatar) {
    try {
      avatar.repository().requireSigningKey();
    } catch (PortException e) {
      throw new UsageException(e.getMessage());
    }
  }

  static List<CheckResult> find(Configuration.GitFeatures features, Avatar avatar) {
    if (features.signingKey().isEmpty()) {
      return List.of();
    }
    String subject = "git.signing_key " + features.signingKey().get().file();
    try {
      avatar.repository().requireSigningKey();
      return List.of(CheckResult.good(subject, "can sign commits"));
    } catch (PortException e) {
      return List.of(CheckResult.bad(subject, e.getMessage()));
    }
  }
}
