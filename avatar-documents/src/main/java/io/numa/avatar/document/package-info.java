/**
 * Documents that people write, such as the configuration and development plans: records say which
 * keys there are, a JSON Schema made of the records validates, and Jackson binds. Callers make a
 * {@link io.numa.avatar.document.DocumentLanguage} and bind with it; every problem is found at
 * once. Begin reading at {@link io.numa.avatar.document.DocumentLanguage#bind}.
 */
@org.jspecify.annotations.NullMarked
package io.numa.avatar.document;
