package io.numa.avatar.port.notice;

import io.numa.avatar.port.PortException;
import java.util.Set;

/** Where notices go. Used by one thread. */
public interface NoticeReceiver {
  /**
   * Identifies the receiver, also after a restart: the same address or command has the same id, and
   * nothing secret can be found out from it.
   */
  String id();

  /** The receiver in words for logs, without secrets, such as {@code slack at hooks.slack.com}. */
  String name();

  /** What it wants notices about. */
  Set<NoticeEvent> events();

  /**
   * Delivers a notice once; the caller repeats what fails. Returns when the receiver has it.
   *
   * @throws PortException if the receiver did not accept it, or may not have; the message has no
   *     secrets
   * @throws InterruptedException if the thread was interrupted; the receiver may have it then
   */
  void deliver(Notice notice) throws InterruptedException;
}
