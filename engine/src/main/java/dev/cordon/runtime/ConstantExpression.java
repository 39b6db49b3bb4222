package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.Value;
import java.util.List;

/** Evaluates the constant expressions of globals and segments, extended ones included. */
final class ConstantExpression {
    private ConstantExpression() {}

    /** The raw value; {@code globals} holds those that the expression may read. */
    static long value(List<Instruction> expression, long[] globals) {
        long[] stack = new long[expression.size() + 1];
        int top = 0;
        for (Instruction instruction : expression) {
            switch (instruction.opcode()) {
                case I32_CONST:
                    stack[top++] = (int) instruction.operand(0);
                    break;
                case I64_CONST:
                case F32_CONST:
                case F64_CONST:
                case REF_FUNC:
                    stack[top++] = instruction.operand(0);
                    break;
                case REF_NULL:
                    stack[top++] = Value.REF_NULL_VALUE;
                    break;
                case GLOBAL_GET:
                    stack[top++] = globals[(int) instruction.operand(0)];
                    break;
                case I32_ADD:
                    top--;
                    stack[top - 1] = (int) (stack[top - 1] + stack[top]);
                    break;
                case I32_SUB:
                    top--;
                    stack[top - 1] = (int) (stack[top - 1] - stack[top]);
                    break;
                case I32_MUL:
                    top--;
                    stack[top - 1] = (int) (stack[top - 1] * stack[top]);
                    break;
                case I64_ADD:
                    top--;
                    stack[top - 1] += stack[top];
                    break;
                case I64_SUB:
                    top--;
                    stack[top - 1] -= stack[top];
                    break;
                case I64_MUL:
                    top--;
                    stack[top - 1] *= stack[top];
                    break;
                case END:
                    break;
                default:
                    throw new IllegalStateException("not constant: " + instruction.opcode());
            }
        }
        return stack[0];
    }
}
