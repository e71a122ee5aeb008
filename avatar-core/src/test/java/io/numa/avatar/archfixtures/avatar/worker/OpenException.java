package io.numa.avatar.archfixtures.avatar.worker;

/** Breaks: classes are not left open. Only exceptions with subclasses may be open. */
class OpenException extends RuntimeException {}
