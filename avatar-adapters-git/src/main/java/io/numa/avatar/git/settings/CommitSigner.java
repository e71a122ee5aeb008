package io.numa.avatar.git.settings;

import java.time.Instant;

/** A private key in memory that signs commits. */
@FunctionalInterface
public interface CommitSigner {
  /**
   * Signs a commit that is not stored yet.
   *
   * @param commit the commit's bytes as Git stores them, without the signature
   * @param at the time of the signature, for formats that contain it
   * @return the signature as text, in many lines
   */
  byte[] sign(byte[] commit, Instant at) throws SigningKeyException;
}
