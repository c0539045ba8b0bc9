//! Programs that count the instructions they execute.

use anyhow::Result;
use walrus::ir::{
    BinaryOp, Binop, Const, GlobalGet, GlobalSet, Instr, InstrLocId, InstrSeq, InstrSeqId, Value, Visitor,
};
use walrus::{ConstExpr, GlobalId, LocalFunction, Module, ValType};

/// A program with a counter of what it executes, which it exports as `instructions`.
pub fn add(program: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(program)?;
    let counter = module.globals.add_local(ValType::I64, true, false, ConstExpr::Value(Value::I64(0)));
    module.exports.add("instructions", counter);
    for (_, function) in module.funcs.iter_local_mut() {
        for sequence in sequences(function) {
            count(&mut function.block_mut(sequence).instrs, counter);
        }
    }
    Ok(module.emit_wasm())
}

/// Adds to the counter before each stretch that is executed as a whole or not at all.
fn count(instructions: &mut Vec<(Instr, InstrLocId)>, counter: GlobalId) {
    let counted = |stretch: &[(Instr, InstrLocId)]| {
        let length = stretch.iter().filter(|(instruction, _)| !is_frame(instruction)).count();
        let addition = (length > 0).then(|| addition(length, counter));
        addition.into_iter().flatten().chain(stretch.iter().cloned()).collect::<Vec<_>>()
    };
    *instructions = instructions.split_inclusive(|(instruction, _)| may_leave(instruction)).flat_map(counted).collect();
}

fn addition(length: usize, counter: GlobalId) -> [(Instr, InstrLocId); 4] {
    let length = Value::I64(i64::try_from(length).unwrap_or(i64::MAX));
    [
        Instr::GlobalGet(GlobalGet { global: counter }),
        Instr::Const(Const { value: length }),
        Instr::Binop(Binop { op: BinaryOp::I64Add }),
        Instr::GlobalSet(GlobalSet { global: counter }),
    ]
    .map(|instruction| (instruction, InstrLocId::default()))
}

/// Whether what follows need not be executed next.
fn may_leave(instruction: &Instr) -> bool {
    is_frame(instruction)
        || matches!(
            instruction,
            Instr::IfElse(_)
                | Instr::Br(_)
                | Instr::BrIf(_)
                | Instr::BrTable(_)
                | Instr::Return(_)
                | Instr::Unreachable(_)
        )
}

/// Whether it only holds others, and is nothing that is executed.
fn is_frame(instruction: &Instr) -> bool {
    matches!(instruction, Instr::Block(_) | Instr::Loop(_))
}

/// Every sequence of a function's instructions, however deep.
fn sequences(function: &LocalFunction) -> Vec<InstrSeqId> {
    struct Found(Vec<InstrSeqId>);
    impl<'a> Visitor<'a> for Found {
        fn start_instr_seq(&mut self, sequence: &'a InstrSeq) {
            self.0.push(sequence.id());
        }
    }
    let mut found = Found(Vec::new());
    walrus::ir::dfs_in_order(&mut found, function, function.entry_block());
    found.0
}
