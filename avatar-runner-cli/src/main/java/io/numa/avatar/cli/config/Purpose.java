package io.numa.avatar.cli.config;

/** The purpose of a configuration; it decides whether the backend's keys are required. */
public enum Purpose {
  RUN,
  DOCTOR,
  EXEC,
  DEMO,
  SHOW,

  /** Finding the avatar that an operator asks, and its files. */
  OPERATE;

  /** Whether required keys must be given. */
  boolean demandsRequiredKeys() {
    return this == RUN || this == DOCTOR;
  }

  /** Whether secrets are used. If not, variables that hold them need not be set. */
  boolean needsSecrets() {
    return this != OPERATE;
  }
}
