package io.numa.avatar.cli.config;

/** What a configuration is read for, and so whether the keys of the backend must be there. */
public enum Purpose {
  RUN,
  DOCTOR,
  EXEC,
  DEMO,
  SHOW;

  /** Whether required keys are demanded; the others take stand-ins where they are missing. */
  boolean demandsRequiredKeys() {
    return this == RUN || this == DOCTOR;
  }
}
