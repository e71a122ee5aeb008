package io.numa.avatar.run;

/**
 * The right to work on a task, which a caller grants and gets back as soon as only reporting is
 * left: that can take as long as the backend is away.
 */
@FunctionalInterface
public interface WorkPermit {
  /** Of a caller that does not limit how many tasks are worked on. */
  WorkPermit UNLIMITED = () -> {};

  /** Gives the right back. Does nothing the second time. */
  void release();
}
