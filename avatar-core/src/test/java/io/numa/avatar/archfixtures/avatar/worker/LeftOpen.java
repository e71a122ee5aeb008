package io.numa.avatar.archfixtures.avatar.worker;

/** Breaks: classes are not left open. */
class LeftOpen {}
