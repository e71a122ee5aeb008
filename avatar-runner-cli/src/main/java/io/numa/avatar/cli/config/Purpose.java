package io.numa.avatar.cli.config;

/** The purpose of a configuration; it decides whether the backend's keys are required. */
public enum Purpose {
  RUN,
  DOCTOR,
  EXEC,
  DEMO,
  SHOW;

  /** Whether required keys must be given. */
  boolean demandsRequiredKeys() {
    return this == RUN || this == DOCTOR;
  }
}
