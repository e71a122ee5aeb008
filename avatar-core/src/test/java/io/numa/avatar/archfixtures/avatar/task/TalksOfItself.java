package io.numa.avatar.archfixtures.avatar.task;

import org.slf4j.LoggerFactory;

/** Breaks: values and ports do not log. */
record TalksOfItself() {
  TalksOfItself {
    LoggerFactory.getLogger(TalksOfItself.class).info("made");
  }
}
