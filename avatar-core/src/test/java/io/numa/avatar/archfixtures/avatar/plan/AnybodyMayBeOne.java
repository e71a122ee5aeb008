package io.numa.avatar.archfixtures.avatar.plan;

/** Breaks: values are closed, as an interface that is not sealed. */
interface AnybodyMayBeOne {
  String name();
}
