package dev.cordon.host;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which module guests import the {@link HostFunction}s of an interface or a class from. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface HostModuleName {
    /**
     * The first name of the imports.
     *
     * @return parts of letters, digits, {@code _} and {@code -}, joined by dots
     */
    String value();
}
