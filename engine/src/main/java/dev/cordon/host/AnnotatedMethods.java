package dev.cordon.host;

import dev.cordon.error.UsageException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the functions of an annotated type, by nothing but ordinary access to its methods. */
final class AnnotatedMethods {
    private static final MethodType CALL = MethodType.methodType(Object.class, Object[].class);

    private AnnotatedMethods() {}

    static List<HostOperation> of(
            String module, Class<?> type, Object target, MethodHandles.Lookup lookup) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(HostFunction.class)
                    && (!Modifier.isPublic(method.getModifiers())
                            || Modifier.isStatic(method.getModifiers()))) {
                throw unusable(method, "it is not a public method of an object");
            }
        }
        List<HostOperation> found = new ArrayList<>();
        Method[] methods = type.getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::toGenericString));
        for (Method method : methods) {
            HostFunction stated = method.getAnnotation(HostFunction.class);
            if (stated != null && !method.isBridge()) {
                found.add(operation(module, method, stated, handle(method, target, lookup)));
            }
        }
        if (found.isEmpty()) {
            throw HostTerms.bad(
                    "`" + type.getName() + "` has no functions",
                    "annotate its methods with `@HostFunction`");
        }
        return found;
    }

    private static HostOperation operation(
            String module, Method method, HostFunction stated, MethodHandle handle) {
        HostTerms terms =
                new HostTerms(
                        stated.capability(),
                        stated.fuel(),
                        stated.maxBytes(),
                        stated.maxResultBytes());
        return new HostOperation(
                module,
                stated.name().isEmpty() ? method.getName() : stated.name(),
                Arrays.stream(method.getParameters()).map(it -> parameter(it, terms)).toList(),
                HostType.of(method.getGenericReturnType()),
                terms,
                body(handle));
    }

    private static HostOperation.Body body(MethodHandle handle) {
        return new HostOperation.Body() {
            @Override
            public @Nullable Object call(Object[] arguments) throws Throwable {
                return (Object) handle.invokeExact(arguments);
            }
        };
    }

    private static HostParameter parameter(Parameter parameter, HostTerms terms) {
        MaxBytes own = parameter.getAnnotation(MaxBytes.class);
        return new HostParameter(
                HostType.of(parameter.getParameterizedType()),
                own == null ? terms.maxBytes() : own.value());
    }

    private static MethodHandle handle(Method method, Object target, MethodHandles.Lookup lookup) {
        try {
            return lookup.unreflect(method)
                    .asFixedArity()
                    .bindTo(target)
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(CALL);
        } catch (IllegalAccessException hidden) {
            throw unusable(method, "it cannot be seen from here");
        }
    }

    private static UsageException unusable(Method method, String why) {
        return HostTerms.bad(
                "`" + method.getDeclaringClass().getName() + "." + method.getName() + "`: " + why,
                "make the method and its type public in an exported package, or pass"
                        + " `MethodHandles.lookup()`");
    }
}
