package io.numa.avatar.notify;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The form of a message, which the service behind a hook wants. */
public enum Template {
  /** An incoming webhook of Slack, or of what takes the same. */
  SLACK,
  /** A webhook of a workflow of Microsoft Teams, which posts a card. */
  TEAMS,
  /** A custom robot of DingTalk. */
  DINGTALK,
  /** A custom bot of Feishu or Lark. */
  FEISHU,
  /** The notice as it is, for programs. */
  JSON;

  /** The word in lower case, as the configuration spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The template of a word; empty if there is none. */
  public static Optional<Template> of(String word) {
    return Stream.of(values()).filter(template -> template.word().equals(word)).findFirst();
  }

  /** Whether its hooks can demand signed messages. */
  public boolean signs() {
    return this == DINGTALK || this == FEISHU;
  }
}
