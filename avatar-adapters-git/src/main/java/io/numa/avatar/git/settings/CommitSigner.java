package io.numa.avatar.git.settings;

import java.time.Instant;

/** A private key in memory that signs commits. */
@FunctionalInterface
public interface CommitSigner {
  /**
   * Signs what is to be a commit.
   *
   * @param commit its bytes, as Git stores them but for the signature
   * @param at when it is signed, where the format says so
   * @return the signature as text, in many lines
   */
  byte[] sign(byte[] commit, Instant at) throws SigningKeyException;
}
